// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import io.tcptable.Ownership;
import io.tcptable.TcpQuery;
import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.linux.LinuxAccess;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** tcptable itself, by each binding and owner source. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // by JMH
public class SnapshotBenchmark {

  @Param({"ffm", "jni", "jna", "jnr", "java"})
  String binding;

  @Param("proc")
  String owners;

  @Param Question question;

  private TcpQuery query;

  @Setup
  public void open(Farm farm) {
    query = question.query(farm.port());
    Platforms.use(null, LinuxAccess.open(binding, owners));
    farm.check(question, this::found);
  }

  private long found() {
    TcpTable table = snapshot();
    return question.owners()
        ? table.stream().filter(s -> s.ownership() == Ownership.OWNED).count()
        : table.size();
  }

  @Benchmark
  public TcpTable snapshot() {
    return TcpTable.snapshot(query);
  }
}
