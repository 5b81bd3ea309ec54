// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.TcpSocket;
import io.tcptable.internal.server.Descent;
import io.tcptable.internal.server.ProcessFamily;
import io.tcptable.process.ProcessStatus;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which processes may be stopped: those of a plan and their descendants. A process can pass a
 * socket to any other ({@code SCM_RIGHTS} of {@code unix(7)}), so that who holds it is no proof.
 *
 * <p>An orphan does not show whose descendant it is, so descendants are remembered while their
 * parents live. One that was never seen is known by its session: only the descendants of the leader
 * of a session are in it, see {@code setsid(2)}. Any other orphan is not included.
 */
final class ApprovedProcesses {

  private static final int ROOT = 0;

  private final Set<OsProcess> processes = new HashSet<>();

  ApprovedProcesses(Collection<Target> targets) {
    this(targets, ProcessFamily.read());
  }

  /**
   * @param family who has started whom now
   */
  ApprovedProcesses(Collection<Target> targets, ProcessFamily family) {
    targets.forEach(target -> processes.add(target.process()));
    processes.addAll(family.descendants(processes));
  }

  /** Takes in the descendants that they have now. */
  void rememberDescendants() {
    processes.addAll(ProcessFamily.read().descendants(processes));
  }

  /** Those of them that are still running, without some. */
  List<OsProcess> running(Collection<OsProcess> without) {
    return Processes.running(processes.stream().filter(process -> !without.contains(process)));
  }

  /** Whether it is one of them, descends from one, or is in a session that one of them leads. */
  boolean include(OsProcess process) {
    if (Descent.isFrom(process, processes::contains)) {
      return true;
    }
    OptionalLong session =
        process.status().map(ProcessStatus::session).orElse(OptionalLong.empty());
    return session.isPresent() && isOneOfThem(session.getAsLong());
  }

  /** Whether one of them has this PID, or had it and no process has it now. */
  private boolean isOneOfThem(long pid) {
    Optional<OsProcess> now = OsProcess.of(pid);
    return now.isPresent()
        ? processes.contains(now.get())
        : processes.stream().anyMatch(process -> process.pid() == pid);
  }

  /** Those of them that are not included. */
  List<OsProcess> strangers(Collection<OsProcess> of) {
    return of.stream().filter(process -> !include(process)).toList();
  }

  /**
   * Whether a process holds a socket that a user has made who is none of its users. Root may hand
   * its sockets to anybody, as a master does before its workers become another user.
   */
  static boolean isForeign(OsProcess holder, TcpSocket socket) {
    OptionalLong maker = socket.uid();
    if (maker.isEmpty() || maker.getAsLong() == ROOT) {
      return false;
    }
    List<Long> users = holder.userIds();
    return !users.isEmpty() && !users.contains(maker.getAsLong());
  }
}
