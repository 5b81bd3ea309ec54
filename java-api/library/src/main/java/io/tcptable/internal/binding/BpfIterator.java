// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding;

/**
 * The eBPF iterator of our own library by JNI, which every JVM has: for providers that know the C
 * library only.
 */
public final class BpfIterator {

  private BpfIterator() {}

  /**
   * As {@link LinuxCalls#bpf_iter_create(int)}.
   *
   * @throws BindingException if there is no library for this platform, or none could be loaded
   */
  public static int create(int thread) {
    NativeLibrary.load(NativePlatform.LINUX);
    return bpf_iter_create(thread);
  }

  private static native int bpf_iter_create(int thread);
}
