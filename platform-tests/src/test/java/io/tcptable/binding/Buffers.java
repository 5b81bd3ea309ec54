// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Buffers as the seam wants them. */
final class Buffers {

  /** What is in a buffer before a call, to see what the call left alone. */
  static final byte UNTOUCHED = 0x55;

  private Buffers() {}

  /** Direct, in native byte order, full of {@link #UNTOUCHED}. */
  static ByteBuffer untouched(int capacity) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
    for (int i = 0; i < capacity; i++) {
      buffer.put(i, UNTOUCHED);
    }
    return buffer;
  }

  /** As {@link #untouched(int)}, of which a call may use the first bytes only. */
  static ByteBuffer untouched(int capacity, int limit) {
    return untouched(capacity).limit(limit);
  }

  /** A path with its zero byte. */
  static ByteBuffer path(String path) {
    byte[] bytes = (path + "\0").getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocateDirect(bytes.length).order(ByteOrder.nativeOrder()).put(0, bytes);
  }

  /** One {@code pollfd} that waits for input. */
  static ByteBuffer pollIn(int fd) {
    return untouched(8).putInt(0, fd).putShort(4, (short) 1).putShort(6, (short) 0);
  }

  /** What happened to the descriptor of {@link #pollIn(int)}. */
  static int events(ByteBuffer pollfd) {
    return pollfd.getShort(6);
  }

  /** All bytes up to the capacity, whatever the limit. */
  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.capacity()];
    buffer.duplicate().clear().get(0, bytes);
    return bytes;
  }

  static String hex(ByteBuffer buffer) {
    return HexFormat.of().formatHex(bytes(buffer));
  }

  static String text(ByteBuffer buffer, int length) {
    return new String(bytes(buffer), 0, length, StandardCharsets.UTF_8);
  }
}
