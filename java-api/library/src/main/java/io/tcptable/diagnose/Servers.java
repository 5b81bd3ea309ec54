// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Ownership;
import io.tcptable.internal.server.ServerGroups;
import java.util.List;
import java.util.Set;

/** The servers that listen on the port. */
final class Servers {

  private Servers() {}

  /** By their lowest PIDs. A listener whose owner is not known belongs to none. */
  static List<Server> of(Observations observed) {
    return ServerGroups.of(
            observed.listeners().stream().map(SocketEvidence::owners).toList(),
            observed.processes()::seen)
        .stream()
        .map(pids -> new Server(pids, listenersOf(observed, pids)))
        .toList();
  }

  private static List<SocketEvidence> listenersOf(Observations observed, Set<Long> pids) {
    return observed.listeners().stream()
        .filter(l -> l.ownership() == Ownership.OWNED && pids.contains(l.owners().get(0)))
        .toList();
  }
}
