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

  /** Functions of the kernel in which recv, poll and select wait. */
  private static final List<String> READS =
      List.of(
          "wait_woken",
          "sk_wait_data",
          "tcp_recvmsg",
          "inet_recvmsg",
          "do_poll",
          "do_sys_poll",
          "poll_schedule",
          "do_select");

  /** Likewise epoll_wait. */
  private static final List<String> EVENTS = List.of("ep_poll", "do_epoll_wait");

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

  boolean isFirst(long pid) {
    return now.id() == pid;
  }

  boolean isRunning() {
    return before.state() == State.RUNNING && now.state() == State.RUNNING;
  }

  boolean isBlocked() {
    return before.state() == State.BLOCKED && now.state() == State.BLOCKED;
  }

  /** Whether it waits for data of one socket, or for one of several, at both looks. */
  boolean readsSocket() {
    return isWaitFor(before, READS) && isWaitFor(now, READS);
  }

  /** The same, or for any event; true too if this user may not know in what it waits. */
  boolean mayWaitForSocket() {
    return now.state() == State.SLEEPING
        && (now.waitChannel().isEmpty() || isWaitFor(now, READS) || isWaitFor(now, EVENTS));
  }

  private static boolean isWaitFor(ProcessThread thread, List<String> functions) {
    return thread
        .waitChannel()
        .filter(channel -> functions.stream().anyMatch(channel::startsWith))
        .isPresent();
  }

  /** Name and thread ID: {@code node(19508)}. */
  @Override
  public String toString() {
    return now.name() + "(" + now.id() + ")";
  }
}
