// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import io.tcptable.TcpQuery;
import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.LinuxAccess;
import io.tcptable.internal.platform.SystemAccess;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** All sockets without owners, the kernel's replies coming out of memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // by JMH
public class DecodingBenchmark {

  private static final TcpQuery ALL = Question.ALL.query(0);

  private SystemAccess sources;

  @Setup
  public void open(Farm farm) {
    LinuxCalls kernel =
        Objects.requireNonNull(BindingSelection.of(LinuxCalls.class, "ffm").calls());
    farm.check(Question.ALL, () -> record(kernel));
  }

  private int record(LinuxCalls kernel) {
    RepeatedReplies replies = new RepeatedReplies();
    take(through(replies.recording(kernel)));
    sources = through(replies.repeating());
    return take(sources);
  }

  /** The first time as a whole, the second, if there are many, in halves. */
  private static int take(SystemAccess sources) {
    Platforms.reading(sources, () -> TcpTable.snapshot(ALL));
    return Platforms.reading(sources, () -> TcpTable.snapshot(ALL)).size();
  }

  private static SystemAccess through(LinuxCalls calls) {
    return LinuxAccess.of(new BindingSelection<>("ffm", calls, Map.of()), "proc");
  }

  @Benchmark
  public TcpTable decode() {
    return Platforms.reading(sources, () -> TcpTable.snapshot(ALL));
  }
}
