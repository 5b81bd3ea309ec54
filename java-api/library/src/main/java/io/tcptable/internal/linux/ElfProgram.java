// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a program file says of itself, see {@code elf(5)}.
 *
 * @param bits 32 or 64
 * @param order its byte order
 * @param machine the processor that it is made for
 * @param loader the file that loads its libraries; empty if it needs none
 */
record ElfProgram(int bits, ByteOrder order, int machine, Optional<String> loader) {

  private static final int HEADER = 64;
  private static final int CLASS = 4;
  private static final int DATA = 5;
  private static final int MACHINE = 18;
  private static final int PT_INTERP = 3;
  private static final int MOST_SEGMENTS = 128;
  private static final int LONGEST_PATH = 4096;

  private static final int X86 = 3;
  private static final int ARM = 40;
  private static final int X86_64 = 62;
  private static final int AARCH64 = 183;

  static boolean is(byte[] begin) {
    return begin.length >= CLASS
        && begin[0] == 0x7f
        && begin[1] == 'E'
        && begin[2] == 'L'
        && begin[3] == 'F';
  }

  /** The program of this JVM. */
  static ElfProgram own() throws IOException {
    return read(Path.of("/proc/self/exe"));
  }

  /** Whether a kernel that runs another program runs this one. */
  boolean runsOn(ElfProgram other) {
    return order == other.order
        && (machine == other.machine
            || (machine == X86 && other.machine == X86_64)
            || (machine == ARM && other.machine == AARCH64)
            || (machine == X86_64 && other.machine == X86)
            || (machine == AARCH64 && other.machine == ARM));
  }

  /**
   * Reads it.
   *
   * @throws IOException if it cannot be read, or is cut off
   */
  static ElfProgram read(Path file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      ByteBuffer header = read(in, 0, HEADER);
      ByteOrder order = header.get(DATA) == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      header.order(order);
      boolean wide = header.get(CLASS) == 2;
      long at = wide ? header.getLong(32) : Integer.toUnsignedLong(header.getInt(28));
      int size = Short.toUnsignedInt(header.getShort(wide ? 54 : 42));
      int count = Short.toUnsignedInt(header.getShort(wide ? 56 : 44));
      Optional<String> loader = Optional.empty();
      for (int i = 0; i < Math.min(count, MOST_SEGMENTS) && loader.isEmpty(); i++) {
        ByteBuffer segment = read(in, at + (long) i * size, size).order(order);
        if (segment.getInt(0) == PT_INTERP) {
          loader =
              wide
                  ? Optional.of(text(in, segment.getLong(8), segment.getLong(32)))
                  : Optional.of(text(in, segment.getInt(4), segment.getInt(16)));
        }
      }
      return new ElfProgram(
          wide ? 64 : 32, order, Short.toUnsignedInt(header.getShort(MACHINE)), loader);
    } catch (IndexOutOfBoundsException e) {
      throw new IOException("not an ELF file: " + file, e);
    }
  }

  private static String text(RandomAccessFile in, long at, long length) throws IOException {
    if (length < 1 || length > LONGEST_PATH) {
      throw new IOException("not the name of a file");
    }
    byte[] name = read(in, at, (int) length).array();
    return new String(name, 0, name.length - 1, StandardCharsets.UTF_8);
  }

  /** Of a header, as much as there is. */
  private static ByteBuffer read(RandomAccessFile in, long at, int length) throws IOException {
    if (at < 0) {
      throw new IOException("the file is cut off");
    }
    byte[] bytes = new byte[length];
    in.seek(at);
    int count = 0;
    for (int some = 0; some >= 0 && count < length; count += Math.max(some, 0)) {
      some = in.read(bytes, count, length - count);
    }
    if (count < length && length != HEADER) {
      throw new IOException("the file is cut off");
    }
    return ByteBuffer.wrap(bytes);
  }
}
