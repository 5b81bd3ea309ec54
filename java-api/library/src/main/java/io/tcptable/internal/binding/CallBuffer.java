// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A buffer as every call takes it: direct and in native order. */
public final class CallBuffer {

  private CallBuffer() {}

  /** A new one of zeros. */
  public static ByteBuffer allocate(int capacity) {
    return ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
  }
}
