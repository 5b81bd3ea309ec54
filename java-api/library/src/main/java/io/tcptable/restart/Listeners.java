// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.Endpoint;
import io.tcptable.OsProcess;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Who listens on a port right now. */
final class Listeners {

  private Listeners() {}

  /** Whether anybody does; does not look for owners, which would take longer. */
  static boolean areThere(int port) {
    return !TcpTable.snapshot(query(port).withoutOwners()).isEmpty();
  }

  static List<TcpSocket> of(int port) {
    return TcpTable.snapshot(query(port)).listeners();
  }

  private static TcpQuery query(int port) {
    return TcpQuery.all().localPort(port).states(TcpState.LISTEN);
  }

  static Set<OsProcess> owners(Collection<TcpSocket> sockets) {
    return sockets.stream()
        .flatMap(socket -> socket.owners().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** {@code python3(42)}, or that the owner cannot be seen. */
  static String names(Collection<TcpSocket> sockets) {
    Set<OsProcess> owners = owners(sockets);
    boolean hidden = sockets.stream().anyMatch(socket -> socket.owners().isEmpty());
    String known = owners.stream().map(OsProcess::toString).collect(Collectors.joining(", "));
    if (!hidden) {
      return known;
    }
    return (known.isEmpty() ? "" : known + " and ") + "a process that this user cannot see";
  }

  /** {@code 127.0.0.1:3001, [::1]:3001}. */
  static String addresses(Collection<TcpSocket> sockets) {
    return sockets.stream()
        .map(TcpSocket::local)
        .map(Endpoint::toString)
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
