// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding;

import java.nio.ByteBuffer;

/**
 * {@code STARTUPINFOEXW} of a process that gets three standard handles, for the bindings that make
 * it in Java; 64 bits.
 */
public final class ProcessStartup {

  /** {@code PROC_THREAD_ATTRIBUTE_HANDLE_LIST}. */
  public static final long HANDLE_LIST = 0x20002;

  /** {@code EXTENDED_STARTUPINFO_PRESENT}, a flag of {@code CreateProcessW}. */
  public static final int IS_EXTENDED = 0x80000;

  private static final int SIZE = 112;
  private static final int FLAGS = 60;
  private static final int STANDARD_HANDLES = 80;
  private static final int ATTRIBUTE_LIST = 104;

  private static final int USE_STANDARD_HANDLES = 0x100;

  private ProcessStartup() {}

  /**
   * A new one.
   *
   * @param attributes the address of the list of attributes
   * @param handles input, output and error
   */
  public static ByteBuffer of(long attributes, ByteBuffer handles) {
    return CallBuffer.allocate(SIZE)
        .putInt(0, SIZE)
        .putInt(FLAGS, USE_STANDARD_HANDLES)
        .put(STANDARD_HANDLES, handles, 0, 3 * Long.BYTES)
        .putLong(ATTRIBUTE_LIST, attributes);
  }
}
