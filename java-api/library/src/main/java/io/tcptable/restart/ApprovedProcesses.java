// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.TcpSocket;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which processes may be stopped: those of a plan and their descendants. A process can pass a
 * socket to any other ({@code SCM_RIGHTS} of {@code unix(7)}), so that who holds it is no proof.
 */
final class ApprovedProcesses {

  private static final int ROOT = 0;

  private final Set<OsProcess> processes = new HashSet<>();

  /** Who is in one of them, was forked in it: an orphan has no other trace of its parent. */
  private final Set<Long> sessions = new HashSet<>();

  ApprovedProcesses(Collection<Target> targets) {
    for (Target target : targets) {
      processes.add(target.process());
      session(target.process()).ifPresent(sessions::add);
    }
  }

  private static Optional<Long> session(OsProcess process) {
    OptionalLong session =
        process.status().map(status -> status.session()).orElse(OptionalLong.empty());
    return session.isPresent() ? Optional.of(session.getAsLong()) : Optional.empty();
  }

  /** Whether it is one of them, descends from one, or was orphaned by one. */
  boolean include(OsProcess process) {
    for (Optional<OsProcess> ancestor = Optional.of(process);
        ancestor.isPresent();
        ancestor = ancestor.get().parent()) {
      if (processes.contains(ancestor.get())) {
        return true;
      }
    }
    Optional<Long> session = session(process).filter(sessions::contains);
    // One whose parent is in its session descends from that.
    return session.isPresent()
        && !session.equals(process.parent().flatMap(ApprovedProcesses::session));
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
