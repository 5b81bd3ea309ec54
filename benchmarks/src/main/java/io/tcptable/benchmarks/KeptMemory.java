package io.tcptable.benchmarks;

import io.tcptable.Snapshots;
import io.tcptable.TcpTable;
import io.tcptable.internal.linux.LinuxSources;
import io.tcptable.internal.table.Sources;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
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
    Sources sources = LinuxSources.open("ffm", "proc");
    TcpTable once = Snapshots.take(Question.ALL_OWNERS.query(0), sources);
    return ofEach(() -> Snapshots.take(Question.ALL_OWNERS.query(0), sources)) / once.size();
  }

  /** Of the list that OSHI makes of all sockets with an owner, bytes a socket. */
  static double ofOshi() {
    InternetProtocolStats statistics =
        new SystemInfo().getOperatingSystem().getInternetProtocolStats();
    int size = statistics.getConnections().size();
    return ofEach(statistics::getConnections) / size;
  }

  private static double ofEach(Supplier<Object> ask) {
    List<Object> kept = new ArrayList<>();
    for (int i = 0; i < ANSWERS_BEFORE; i++) {
      kept.add(ask.get());
    }
    kept.clear();
    long before = used();
    for (int i = 0; i < ANSWERS; i++) {
      kept.add(ask.get());
    }
    long after = used();
    return (after - before) / (double) kept.size();
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
