// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.binding.LinuxCalls;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What one system call costs, by each binding and in C. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // by JMH
public class CallBenchmark {

  /** Stands for no binding at all. */
  static final String C = "C";

  private static final int CALLS = 1000;

  @Param({"ffm", "jni", "jna", "jnr", C})
  String caller;

  @Param Call call;

  private Baseline baseline;
  private Runnable calls;

  @Setup
  public void open() {
    if (caller.equals(C)) {
      baseline = new Baseline();
      calls = () -> baseline.call(call, CALLS);
    } else {
      Runnable once =
          call.through(
              Objects.requireNonNull(BindingSelection.of(LinuxCalls.class, caller).calls()));
      calls =
          () -> {
            for (int i = 0; i < CALLS; i++) {
              once.run();
            }
          };
    }
  }

  @TearDown
  public void close() {
    if (baseline != null) {
      baseline.close();
    }
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void calls() {
    calls.run();
  }
}
