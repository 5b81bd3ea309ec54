// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Writes names as {@code getdents64(2)} does, as many at a time as there is room for. */
final class DirectoryEntries {

  private static final int FIXED = 19;

  private final List<String> names;
  private int next;

  DirectoryEntries(List<String> names) {
    this.names = Stream.concat(Stream.of(".", ".."), names.stream()).toList();
  }

  int writeTo(ByteBuffer into) {
    int at = 0;
    while (next < names.size()) {
      byte[] name = names.get(next).getBytes(StandardCharsets.US_ASCII);
      int length = (FIXED + name.length + 1 + 7) & ~7;
      if (at + length > into.limit()) {
        break;
      }
      into.putLong(at, 4_000_000L + next);
      into.putLong(at + 8, next);
      into.putShort(at + 16, (short) length);
      into.put(at + 18, (byte) 0);
      into.put(at + FIXED, name);
      into.put(at + FIXED + name.length, (byte) 0);
      at += length;
      next++;
    }
    return at;
  }
}
