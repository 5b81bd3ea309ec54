// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding.ffm;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.tcptable.internal.binding.NativeLibrary;
import io.tcptable.internal.binding.NativePlatform;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** The eBPF iterator of our own library, which returns {@code -errno} by itself. */
final class FfmBpfIterator {

  private final MethodHandle create;

  /** Loads the library. */
  @SuppressWarnings("restricted")
  FfmBpfIterator() {
    NativeLibrary.load(NativePlatform.LINUX);
    create =
        Linker.nativeLinker()
            .downcallHandle(
                SymbolLookup.loaderLookup()
                    .find("tcptable_bpf_iter_create")
                    .orElseThrow(
                        () -> new UnsatisfiedLinkError("no tcptable_bpf_iter_create in it")),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  }

  int create(int thread) throws Throwable {
    return (int) create.invokeExact(thread);
  }
}
