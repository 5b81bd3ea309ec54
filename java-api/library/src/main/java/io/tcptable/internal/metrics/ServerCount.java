// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.metrics;

import io.tcptable.ListenAddress;
import io.tcptable.OsProcess;
import io.tcptable.Ownership;
import io.tcptable.TcpSocket;
import io.tcptable.internal.server.PortSharing;
import io.tcptable.internal.server.RememberedProcesses;
import io.tcptable.internal.server.ServerGroups;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How many independent servers listen on a port. */
final class ServerCount {

  private ServerCount() {}

  /**
   * Those that a client cannot tell apart; 1 if it can, 0 if none listens. Not known if there are
   * several listeners and one has an owner that this user may not see.
   */
  static double of(List<TcpSocket> listeners) {
    if (listeners.size() < 2) {
      return listeners.size();
    }
    if (listeners.stream().anyMatch(it -> it.ownership() == Ownership.UNKNOWN)) {
      return Double.NaN;
    }
    Map<Long, OsProcess> owners = new HashMap<>();
    listeners.forEach(it -> it.owners().forEach(owner -> owners.put(owner.pid(), owner)));
    if (owners.size() < 2) {
      return 1;
    }
    RememberedProcesses processes = new RememberedProcesses();
    List<Set<Long>> servers =
        ServerGroups.of(
            listeners.stream().map(ServerCount::pids).filter(it -> !it.isEmpty()).toList(),
            pid -> Optional.ofNullable(owners.get(pid)).map(processes::of));
    long confused =
        servers.stream()
            .filter(
                server ->
                    servers.stream()
                        .anyMatch(it -> !it.equals(server) && overlap(listeners, it, server)))
            .count();
    return Math.max(1, confused);
  }

  private static List<Long> pids(TcpSocket listener) {
    return listener.owners().stream().map(OsProcess::pid).toList();
  }

  private static boolean overlap(List<TcpSocket> listeners, Set<Long> one, Set<Long> other) {
    List<ListenAddress> ofOne = addresses(listeners, one);
    List<ListenAddress> ofOther = addresses(listeners, other);
    return ofOne.stream()
        .anyMatch(a -> ofOther.stream().anyMatch(b -> PortSharing.of(a, b).overlaps()));
  }

  private static List<ListenAddress> addresses(List<TcpSocket> listeners, Set<Long> server) {
    return listeners.stream()
        .filter(it -> pids(it).stream().anyMatch(server::contains))
        .map(ListenAddress::of)
        .distinct()
        .toList();
  }
}
