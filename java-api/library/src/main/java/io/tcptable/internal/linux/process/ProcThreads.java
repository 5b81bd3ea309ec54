// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.kernel.ProcStat;
import io.tcptable.internal.linux.procfs.ProcDirectory;
import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.ProcText;
import io.tcptable.process.ProcessThread;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The threads of a process, by {@code proc_pid_task(5)}. */
final class ProcThreads {

  /** More are not looked at: each one costs three reads. */
  private static final int MOST = 512;

  /** The kernel tells times in {@code USER_HZ}, which is 100 for every program. */
  private static final int MILLIS_OF_TICK = 10;

  private ProcThreads() {}

  static List<ProcessThread> of(Path process) throws IOException {
    List<ProcessThread> threads = new ArrayList<>();
    ProcDirectory.visit(
        process.resolve("task"),
        thread -> {
          ProcIdentity.stat(thread).ifPresent(stat -> threads.add(thread(thread, stat)));
          return threads.size() < MOST;
        });
    return threads;
  }

  private static ProcessThread thread(Path thread, ProcStat stat) {
    // Nanoseconds on a processor, nanoseconds of waiting for one, see sched-stats.rst.
    String[] times = ProcFile.textIfKnown(thread.resolve("schedstat")).line().split(" ", -1);
    boolean isKnown = times.length > 1 && ProcText.number(times[0]) > 0;
    return new ProcessThread(
        ProcDirectory.pid(thread),
        stat.name(),
        stat.state(),
        ProcStatus.waitChannel(thread),
        isKnown
            ? Duration.ofNanos(ProcText.number(times[0]))
            : Duration.ofMillis(MILLIS_OF_TICK * stat.processorTicks()),
        Duration.ofNanos(isKnown ? Math.max(0, ProcText.number(times[1])) : 0));
  }
}
