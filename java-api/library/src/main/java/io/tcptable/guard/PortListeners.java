// SPDX-License-Identifier: Apache-2.0
package io.tcptable.guard;

import io.tcptable.ListenAddress;
import io.tcptable.OsProcess;
import io.tcptable.SocketKey;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.internal.server.PortScope;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What listens on a port. */
record PortListeners(List<TcpSocket> sockets) {

  static PortListeners of(PortScope scope) {
    return of(scope, query(scope));
  }

  /** Costs less: for a look that asks only whether something has changed. */
  static PortListeners withoutOwners(PortScope scope) {
    return of(scope, query(scope).withoutOwners());
  }

  private static TcpQuery query(PortScope scope) {
    return TcpQuery.all().localPort(scope.port()).states(TcpState.LISTEN);
  }

  private static PortListeners of(PortScope scope, TcpQuery query) {
    return new PortListeners(
        TcpTable.snapshot(query).listeners().stream()
            .filter(it -> scope.concerns(ListenAddress.of(it)))
            .toList());
  }

  boolean isEmpty() {
    return sockets.isEmpty();
  }

  Set<SocketKey> keys() {
    return sockets.stream().map(TcpSocket::key).collect(Collectors.toSet());
  }

  /** The one that was started first is the first. */
  List<OsProcess> owners() {
    return sockets.stream()
        .flatMap(it -> it.owners().stream())
        .distinct()
        .sorted(Comparator.comparing(OsProcess::startedAt).thenComparingLong(OsProcess::pid))
        .toList();
  }
}
