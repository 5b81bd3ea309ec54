// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** The same work in C, one call a snapshot: see {@code baseline.h}. For one thread at a time. */
final class Baseline implements AutoCloseable {

  private static final int ALL_STATES = ~0;
  private static final int LISTEN = 1 << 10;

  /** As {@code baseline.h} numbers them. */
  private static final int CLOSE = 0;

  private static final int READLINKAT = 1;
  private static final int NO_OWNERS = 0;
  private static final int PROC = 1;
  private static final int BPF = 2;

  /** As many as tcptable takes at most. */
  static final int THREADS = Math.min(4, Runtime.getRuntime().availableProcessors());

  private final Arena arena = Arena.ofShared();
  private final MethodHandle snapshot;
  private final MethodHandle owned;
  private final MethodHandle calls;
  private final MethodHandle close;
  private final MemorySegment handle;

  @SuppressWarnings("restricted")
  Baseline() {
    SymbolLookup library = SymbolLookup.libraryLookup(CProgram.baselineLibrary(), arena);
    snapshot =
        link(
            library,
            "baseline_snapshot",
            FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    owned = link(library, "baseline_owned", FunctionDescriptor.of(JAVA_LONG, ADDRESS));
    calls = link(library, "baseline_calls", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT));
    close = link(library, "baseline_close", FunctionDescriptor.ofVoid(ADDRESS));
    MethodHandle open = link(library, "baseline_open", FunctionDescriptor.of(ADDRESS));
    try {
      handle = (MemorySegment) open.invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    if (handle.address() == 0) {
      throw new OutOfMemoryError("baseline_open");
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle link(
      SymbolLookup library, String name, FunctionDescriptor signature) {
    return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), signature);
  }

  /** Returns how many sockets there are; owners come from {@code proc} or {@code bpf}. */
  long snapshot(Question question, int port, String owners, int threads) {
    long sockets;
    try {
      sockets =
          (long)
              snapshot.invokeExact(
                  handle,
                  question.onePort() ? port : 0,
                  question == Question.PORT_LISTENERS ? LISTEN : ALL_STATES,
                  question.owners() ? source(owners) : NO_OWNERS,
                  threads);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    if (sockets < 0) {
      throw new IllegalStateException("baseline_snapshot: errno " + -sockets);
    }
    return sockets;
  }

  private static int source(String owners) {
    return owners.equals("bpf") ? BPF : PROC;
  }

  /** How many sockets of the last snapshot have an owner. */
  long owned() {
    try {
      return (long) owned.invokeExact(handle);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes one system call so many times. */
  void call(Call call, int count) {
    try {
      long sum = (long) calls.invokeExact(call == Call.CLOSE ? CLOSE : READLINKAT, count);
      if ((sum < 0) != (call == Call.CLOSE)) {
        throw new IllegalStateException(call.title() + ": " + sum);
      }
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      close.invokeExact(handle);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    arena.close();
  }
}
