// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.binding.ffm;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.tcptable.internal.binding.NativeLibrary;
import io.tcptable.internal.binding.NativePlatform;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;

/**
 * The eBPF programs of our own library, each function of which returns {@code -errno} by itself.
 */
final class FfmBpfPrograms {

  private final MethodHandle iterCreate;
  private final MethodHandle stateChangesOpen;

  /** Loads the library. */
  FfmBpfPrograms() {
    NativeLibrary.load(NativePlatform.LINUX);
    iterCreate = find("tcptable_bpf_iter_create", JAVA_INT);
    stateChangesOpen = find("tcptable_state_changes_open", ADDRESS);
  }

  @SuppressWarnings("restricted")
  private static MethodHandle find(String function, ValueLayout parameter) {
    return Linker.nativeLinker()
        .downcallHandle(
            SymbolLookup.loaderLookup()
                .find(function)
                .orElseThrow(() -> new UnsatisfiedLinkError("no " + function + " in it")),
            FunctionDescriptor.of(JAVA_INT, parameter));
  }

  int createIterator(int thread) throws Throwable {
    return (int) iterCreate.invokeExact(thread);
  }

  int openStateChanges(ByteBuffer request) throws Throwable {
    return (int) stateChangesOpen.invokeExact(MemorySegment.ofBuffer(request));
  }
}
