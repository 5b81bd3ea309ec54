// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The C baseline: the same system calls in C. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // by JMH
public class BaselineBenchmark {

  /** Wherever tcptable takes several if it may. */
  @Param({"1", "2"})
  int threads;

  @Param("proc")
  String owners;

  @Param Question question;

  private Baseline baseline;
  private int port;

  @Setup
  public void open(Farm farm) {
    baseline = new Baseline();
    port = farm.port();
    farm.check(
        question,
        () -> {
          long sockets = snapshot();
          return question.owners() ? baseline.owned() : sockets;
        });
  }

  @TearDown
  public void close() {
    baseline.close();
  }

  @Benchmark
  public long snapshot() {
    return baseline.snapshot(question, port, owners, threads);
  }
}
