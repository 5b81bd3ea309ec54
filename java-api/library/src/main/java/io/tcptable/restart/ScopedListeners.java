// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.ListenAddress;
import io.tcptable.OsProcess;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.internal.server.PortScope;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The listeners that a restart is about.
 *
 * @param scope the port, or one address of it
 * @param kept the PIDs of processes whose listeners stay
 */
record ScopedListeners(PortScope scope, Set<Long> kept) {

  ScopedListeners {
    kept = Set.copyOf(kept);
  }

  static ScopedListeners of(PortScope scope) {
    return new ScopedListeners(scope, Set.of());
  }

  /** Whether there is any now; looks for owners, which takes longer, only if some are kept. */
  boolean areThere() {
    return kept.isEmpty()
        ? concerned(TcpTable.snapshot(query().withoutOwners())).findAny().isPresent()
        : !now().isEmpty();
  }

  /** Those that are there now. */
  List<TcpSocket> now() {
    return in(TcpTable.snapshot(query()));
  }

  /** The processes that hold those that are there now, in ascending order of PID. */
  List<OsProcess> owners() {
    return now().stream()
        .flatMap(listener -> listener.owners().stream())
        .distinct()
        .sorted(Comparator.comparingLong(OsProcess::pid))
        .toList();
  }

  /** Those of a table. */
  List<TcpSocket> in(TcpTable table) {
    return concerned(table).filter(listener -> !isKept(listener)).toList();
  }

  /** Those of the port that it is not about. */
  List<TcpSocket> beside() {
    TcpTable table = TcpTable.snapshot(query());
    List<TcpSocket> own = in(table);
    return table.listeners().stream().filter(listener -> !own.contains(listener)).toList();
  }

  private Stream<TcpSocket> concerned(TcpTable table) {
    return table.listeners().stream().filter(it -> scope.concerns(ListenAddress.of(it)));
  }

  /** Whether nobody but processes that are kept holds it. */
  private boolean isKept(TcpSocket listener) {
    return !listener.owners().isEmpty()
        && listener.owners().stream().allMatch(owner -> kept.contains(owner.pid()));
  }

  private TcpQuery query() {
    return TcpQuery.all().localPort(scope.port()).states(TcpState.LISTEN);
  }
}
