// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.procfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads a file of {@code /proc} or {@code /sys}, up to a size. The size that the kernel tells of
 * such a file is 0, so it is read until its end.
 *
 * <p>These reads do not wait for another process. What may wait goes through {@link TimeLimiter}.
 */
public final class ProcFile {

  /** More than any file has whose length the kernel bounds, a list of all mounts too. */
  public static final int MOST_BYTES = 4 << 20;

  private static final int FIRST_READ = 4096;

  /** The kernel gives a setting to the first read only, however long it is. */
  private static final int SETTING_READ = 64 * 1024;

  private ProcFile() {}

  /**
   * The first bytes of a file, as many as there are up to a number.
   *
   * @throws IOException if it cannot be opened or read; of the type of {@code java.nio.file} that
   *     says why
   */
  public static byte[] bytes(Path file, int most) throws IOException {
    return bytes(file, most, Math.min(most, FIRST_READ));
  }

  private static byte[] bytes(Path file, int most, int firstRead) throws IOException {
    // A stream of java.nio.file is not closed by an interruption of its thread, unlike a channel.
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = new byte[firstRead];
      int length = 0;
      while (true) {
        int count = in.read(bytes, length, bytes.length - length);
        if (count <= 0) {
          return Arrays.copyOf(bytes, length);
        }
        length += count;
        if (length == most) {
          return Arrays.copyOf(bytes, length);
        }
        if (length == bytes.length) {
          bytes = Arrays.copyOf(bytes, (int) Math.min(most, 2L * length));
        }
      }
    }
  }

  /**
   * The text of a file.
   *
   * @throws IOException if it cannot be read, or is longer than {@link #MOST_BYTES}: of a part
   *     nobody would know what is missing
   */
  public static ProcText text(Path file) throws IOException {
    byte[] bytes = bytes(file, MOST_BYTES);
    if (bytes.length == MOST_BYTES) {
      throw new IOException(file + " is longer than " + MOST_BYTES + " bytes");
    }
    return ProcText.of(bytes);
  }

  /** The text of a file; {@link ProcText#UNKNOWN} if it cannot be read. */
  public static ProcText textIfKnown(Path file) {
    try {
      return text(file);
    } catch (IOException e) {
      return ProcText.UNKNOWN;
    }
  }

  /** The text of a setting below {@code /proc/sys}; {@link ProcText#UNKNOWN} likewise. */
  public static ProcText setting(Path file) {
    try {
      return ProcText.of(bytes(file, SETTING_READ, SETTING_READ));
    } catch (IOException e) {
      return ProcText.UNKNOWN;
    }
  }
}
