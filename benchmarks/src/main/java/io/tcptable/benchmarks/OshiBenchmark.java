// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import oshi.SystemInfo;
import oshi.software.os.InternetProtocolStats;
import oshi.software.os.InternetProtocolStats.IPConnection;

/** OSHI, which answers one question only: all sockets of TCP and UDP, with one owner each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // by JMH
public class OshiBenchmark {

  @Param("ALL_OWNERS")
  Question question;

  private InternetProtocolStats statistics;

  @Setup
  public void open(Farm farm) {
    statistics = new SystemInfo().getOperatingSystem().getInternetProtocolStats();
    farm.check(
        question, () -> connections().stream().filter(c -> c.getowningProcessId() > 0).count());
  }

  @Benchmark
  public List<IPConnection> connections() {
    return statistics.getConnections();
  }
}
