// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.binding.CallBuffer;
import java.nio.ByteBuffer;

/**
 * Room for what Windows returns as a whole: a call that finds too little says how much it takes,
 * which may be more by the next call.
 */
final class GrowingBuffer {

  static final int MOST_ATTEMPTS = 8;

  private static final int FIRST_ROOM = 64 * 1024;

  /** A million sockets take 56 MB. */
  private static final long MOST_ROOM = 512L * 1024 * 1024;

  private final ByteBuffer size = CallBuffer.allocate(Integer.BYTES);
  private ByteBuffer bytes = CallBuffer.allocate(FIRST_ROOM);

  /** All of the room. */
  ByteBuffer bytes() {
    return bytes.limit(bytes.capacity());
  }

  /** Tells a call how much room there is, and takes what it says. */
  ByteBuffer size() {
    return size.putInt(0, bytes.capacity());
  }

  /** What a call has written, by the size it said. */
  ByteBuffer filled() {
    return bytes.limit((int) Math.min(said(), bytes.capacity()));
  }

  /** A table of no rows. */
  ByteBuffer empty() {
    return bytes.putInt(0, 0).limit(Integer.BYTES);
  }

  /** Makes as much room as the call said, and a quarter more for what comes meanwhile. */
  void grow() {
    long wanted = Math.max(said(), bytes.capacity());
    bytes = CallBuffer.allocate((int) Math.min(MOST_ROOM, wanted + wanted / 4));
  }

  private long said() {
    return Integer.toUnsignedLong(size.getInt(0));
  }
}
