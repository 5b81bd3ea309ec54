// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The state changes of our own library by JNI, which every JVM has: for providers that know the C
 * library only.
 */
public final class BpfStateChanges {

  private BpfStateChanges() {}

  /**
   * As {@link LinuxCalls#bpf_state_changes_open(ByteBuffer)}.
   *
   * @throws BindingException if there is no library for this platform, or none could be loaded
   */
  public static int open(ByteBuffer request) {
    NativeLibrary.load(NativePlatform.LINUX);
    return bpf_state_changes_open(request);
  }

  /**
   * As {@link LinuxCalls#mapped(long, int)}: of the bindings, jnr-ffi has no way to make a buffer
   * of an address.
   */
  public static ByteBuffer mapped(long address, int length) {
    NativeLibrary.load(NativePlatform.LINUX);
    return memory(address, length).order(ByteOrder.nativeOrder());
  }

  private static native ByteBuffer memory(long address, int length);

  private static native int bpf_state_changes_open(ByteBuffer request);
}
