// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.OsProcess;
import io.tcptable.process.ProcessStatus.State;
import io.tcptable.process.ProcessThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one thread of an owner did from one look to the next.
 *
 * @param before the thread at the first look
 * @param now the same at the second
 */
record ThreadEvidence(ProcessThread before, ProcessThread now) {

  /** Of each process, the threads that were there at both looks. */
  static Map<Long, List<ThreadEvidence>> of(
      Map<OsProcess, List<ProcessThread>> before, Map<OsProcess, List<ProcessThread>> now) {
    Map<Long, List<ThreadEvidence>> all = new HashMap<>();
    now.forEach(
        (process, threads) ->
            all.put(process.pid(), compared(before.getOrDefault(process, List.of()), threads)));
    return all;
  }

  private static List<ThreadEvidence> compared(
      List<ProcessThread> before, List<ProcessThread> now) {
    Map<Long, ProcessThread> byId =
        before.stream().collect(Collectors.toMap(ProcessThread::id, it -> it, (a, b) -> a));
    List<ThreadEvidence> all = new ArrayList<>();
    for (ProcessThread thread : now) {
      ProcessThread earlier = byId.get(thread.id());
      if (earlier != null) {
        all.add(new ThreadEvidence(earlier, thread));
      }
    }
    return all;
  }

  /** How much of a processor it used, in percent of the time between the looks. */
  int percent(Duration apart) {
    return percentOf(now.processorTime().minus(before.processorTime()), apart);
  }

  /** The same, with the time for which it waited for a processor that others used. */
  int percentWanted(Duration apart) {
    return percentOf(
        now.processorTime()
            .plus(now.processorWait())
            .minus(before.processorTime())
            .minus(before.processorWait()),
        apart);
  }

  private static int percentOf(Duration used, Duration apart) {
    return apart.toMillis() <= 0
        ? 0
        : (int) Math.max(0, Math.min(100, 100 * used.toMillis() / apart.toMillis()));
  }

  boolean isRunning() {
    return before.state() == State.RUNNING && now.state() == State.RUNNING;
  }

  boolean isBlocked() {
    return before.state() == State.BLOCKED && now.state() == State.BLOCKED;
  }

  /** Name and thread ID: {@code node(19508)}. */
  @Override
  public String toString() {
    return now.name() + "(" + now.id() + ")";
  }
}
