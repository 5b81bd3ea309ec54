// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.linux.LinuxAccess;
import io.tcptable.internal.platform.SystemAccess;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import oshi.SystemInfo;
import oshi.software.os.InternetProtocolStats;

/** What an answer occupies in the heap for as long as somebody keeps it. */
final class KeptMemory {

  private static final int ANSWERS = 5;

  /** What is reused has grown by then: the first large table is read whole, others in halves. */
  private static final int ANSWERS_BEFORE = 2;

  private KeptMemory() {}

  /** Of a table of all sockets with their owners, bytes a socket. */
  static double ofTcptable() {
    SystemAccess sources = LinuxAccess.open("ffm", "proc");
    return ofSocket(
        () -> Platforms.reading(sources, () -> TcpTable.snapshot(Question.ALL_OWNERS.query(0))),
        TcpTable::size);
  }

  /** Of the list that OSHI makes of all sockets with an owner, bytes a socket. */
  static double ofOshi() {
    InternetProtocolStats statistics =
        new SystemInfo().getOperatingSystem().getInternetProtocolStats();
    return ofSocket(statistics::getConnections, List::size);
  }

  private static <A> double ofSocket(Supplier<A> ask, ToIntFunction<A> size) {
    int sockets = 0;
    for (int i = 0; i < ANSWERS_BEFORE; i++) {
      sockets = size.applyAsInt(ask.get());
    }
    List<A> kept = new ArrayList<>();
    long before = used();
    for (int i = 0; i < ANSWERS; i++) {
      kept.add(ask.get());
    }
    long after = used();
    return (after - before) / (double) kept.size() / sockets;
  }

  /** The collector may need several calls until all that is dead is gone. */
  private static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      ManagementFactory.getMemoryMXBean().gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
