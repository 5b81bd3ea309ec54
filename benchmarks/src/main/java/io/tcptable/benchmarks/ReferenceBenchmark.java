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

/** The yardstick: the same system calls in C. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // by JMH
public class ReferenceBenchmark {

  /** Wherever tcptable takes several if it may. */
  @Param({"1", "2"})
  int threads;

  @Param("proc")
  String owners;

  @Param Question question;

  private Reference reference;
  private int port;

  @Setup
  public void open(Farm farm) {
    reference = new Reference();
    port = farm.port();
    long sockets = snapshot();
    farm.check(question, question.owners() ? reference.owned() : sockets);
  }

  @TearDown
  public void close() {
    reference.close();
  }

  @Benchmark
  public long snapshot() {
    return reference.snapshot(question, port, owners, threads);
  }
}
