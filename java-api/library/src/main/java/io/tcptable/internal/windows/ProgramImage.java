// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Tells whether {@code CreateProcess} can start a file: a portable executable (PE) for this
 * processor. See <a href="https://learn.microsoft.com/windows/win32/debug/pe-format">PE Format</a>.
 */
final class ProgramImage {

  private static final int MOST_OF_HEADER = 4096;
  private static final int MZ = 0x5a4d;
  private static final int PE = 0x4550;

  /** Where the old header has the place of the new one. */
  private static final int NEW_HEADER = 0x3c;

  private static final Set<Integer> FOR_X64 = Set.of(0x14c, 0x8664);
  private static final Set<Integer> FOR_ARM64 = Set.of(0x14c, 0x8664, 0x1c4, 0xaa64);

  private ProgramImage() {}

  /**
   * Makes sure of it. What cannot be read, such as the alias of an app, Windows may still start.
   *
   * @param processor as {@code os.arch} names it
   * @throws IOException if Windows would refuse it; the message says why and what to do
   */
  static void require(Path file, String processor) throws IOException {
    ByteBuffer header;
    try (InputStream in = Files.newInputStream(file)) {
      header = ByteBuffer.wrap(in.readNBytes(MOST_OF_HEADER)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      return;
    }
    if (header.limit() < 2 || Short.toUnsignedInt(header.getShort(0)) != MZ) {
      throw new IOException(
          file
              + " is neither a program of Windows nor a batch file: name the program that runs it,"
              + " as in python server.py");
    }
    int at = header.limit() < NEW_HEADER + Integer.BYTES ? -1 : header.getInt(NEW_HEADER);
    if (at < 0 || at > header.limit() - Integer.BYTES - Short.BYTES) {
      return;
    }
    Set<Integer> fitting = processor.equals("aarch64") ? FOR_ARM64 : FOR_X64;
    if (header.getInt(at) == PE
        && !fitting.contains(Short.toUnsignedInt(header.getShort(at + Integer.BYTES)))) {
      throw new IOException(file + " is made for another processor than this one, " + processor);
    }
  }
}
