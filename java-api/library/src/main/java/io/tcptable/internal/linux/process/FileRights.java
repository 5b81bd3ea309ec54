// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.kernel.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rights that a file gives to who executes it: those of root by its set-user-ID bit, and file
 * capabilities, see "File capabilities" in {@code capabilities(7)}.
 */
final class FileRights {

  private static final int SET_USER = 04000;
  private static final int ROOT = 0;

  private static final String ATTRIBUTE = "security.capability";

  /** {@code struct vfs_ns_cap_data}, little-endian: 4 magic, then 4 permitted and 4 inheritable. */
  private static final int CAPACITY = 24;

  private static final int PERMITTED = 4;
  private static final int INHERITABLE = 8;

  private final @Nullable LinuxCalls calls;

  /**
   * @param calls the seam, or null to do without: then file capabilities are not known
   */
  FileRights(@Nullable LinuxCalls calls) {
    this.calls = calls;
  }

  /**
   * Whether a file gives a capability; empty if that is not known.
   *
   * @param capability its number, below 32
   * @param isInheritable whether this process hands it on to a file that asks for it
   */
  Optional<Boolean> give(Path program, int capability, boolean isInheritable) {
    try {
      boolean isOfRoot = Files.getAttribute(program, "unix:uid").equals(ROOT);
      if (isOfRoot && ((Integer) Files.getAttribute(program, "unix:mode") & SET_USER) != 0) {
        return Optional.of(true);
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return calls == null ? Optional.empty() : read(calls, program, capability, isInheritable);
  }

  private static Optional<Boolean> read(
      LinuxCalls calls, Path program, int capability, boolean isInheritable) {
    ByteBuffer value = CallBuffer.allocate(CAPACITY);
    ByteBuffer path = text(program.toString(), Charset.forName(encoding()));
    ByteBuffer name = text(ATTRIBUTE, StandardCharsets.US_ASCII);
    int length;
    do {
      length = calls.getxattr(path, name, value);
    } while (length == -Errno.EINTR);
    if (length == -Errno.ENODATA || length == -Errno.EOPNOTSUPP) {
      return Optional.of(false);
    }
    if (length < INHERITABLE + Integer.BYTES) {
      return Optional.empty();
    }
    value.order(ByteOrder.LITTLE_ENDIAN);
    int given = value.getInt(PERMITTED) | (isInheritable ? value.getInt(INHERITABLE) : 0);
    return Optional.of((given >>> capability & 1) == 1);
  }

  private static String encoding() {
    return System.getProperty("sun.jnu.encoding", "UTF-8");
  }

  private static ByteBuffer text(String text, Charset charset) {
    byte[] bytes = text.getBytes(charset);
    return CallBuffer.allocate(bytes.length + 1).put(0, bytes);
  }
}
