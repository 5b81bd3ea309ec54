// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import io.tcptable.OsProcess;
import io.tcptable.TableChanges;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.linux.LinuxAccess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a poller pays for the differences of two tables, beside the snapshot itself. Run with the
 * garbage collector's profiler, {@code jmh ChangesBenchmark -prof gc}: {@code gc.alloc.rate.norm}
 * of {@code changesSince} must not be above that of {@code snapshot}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // by JMH
public class ChangesBenchmark {

  private static final TcpQuery ALL = Question.ALL_OWNERS.query(0);

  /** What is kept of a socket to compare it by hand. */
  private record Remembered(
      TcpState state, long receiveQueue, long sendQueue, List<OsProcess> owners) {

    static Remembered of(TcpSocket socket) {
      return new Remembered(
          socket.state(),
          socket.receiveQueue().orElse(0),
          socket.sendQueue().orElse(0),
          socket.owners());
    }
  }

  private TcpTable earlier;
  private TcpTable later;

  @Setup
  public void take(Farm farm) {
    Platforms.use(null, LinuxAccess.open("ffm", "proc"));
    farm.check(Question.ALL_OWNERS, () -> TcpTable.snapshot(ALL).size());
    earlier = TcpTable.snapshot(ALL);
    later = TcpTable.snapshot(ALL);
  }

  @Benchmark
  public TcpTable snapshot() {
    return TcpTable.snapshot(ALL);
  }

  @Benchmark
  public TableChanges changesSince() {
    return later.changesSince(earlier);
  }

  /** As a user would do it. */
  @Benchmark
  public int byHand() {
    Map<Object, Remembered> before = new HashMap<>();
    earlier.forEach(socket -> before.put(socket.key(), Remembered.of(socket)));
    int differences = 0;
    for (TcpSocket socket : later) {
      Remembered was = before.remove(socket.key());
      if (was == null || !was.equals(Remembered.of(socket))) {
        differences++;
      }
    }
    return differences + before.size();
  }
}
