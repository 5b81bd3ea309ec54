// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Endpoint;
import io.tcptable.ListenAddress;
import io.tcptable.OsProcess;
import io.tcptable.SocketKey;
import io.tcptable.TcpQuery;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.diagnose.SocketEvidence.Previous;
import io.tcptable.internal.server.PortScope;
import io.tcptable.process.ProcessStatus;
import io.tcptable.process.ProcessThread;
import io.tcptable.process.TcpCounters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One look at a port.
 *
 * @param table its sockets
 * @param counters what the kernel counts
 * @param states what the owners do
 * @param threads what each of their threads does
 */
record Sample(
    TcpTable table,
    TcpCounters counters,
    Map<OsProcess, ProcessStatus.State> states,
    Map<OsProcess, List<ProcessThread>> threads) {

  /** Of so many owners the threads are looked at: those of a server are few. */
  private static final int MOST_WATCHED = 64;

  static Sample at(int port) {
    return of(TcpQuery.all().localPort(port));
  }

  /**
   * @param port the sockets of a port, perhaps in another network namespace
   */
  static Sample of(TcpQuery port) {
    TcpTable table = TcpTable.snapshot(port.withDetail());
    TcpCounters counters = TcpTable.readCounters();
    Map<OsProcess, ProcessStatus.State> states = new HashMap<>();
    Map<OsProcess, List<ProcessThread>> threads = new HashMap<>();
    for (OsProcess owner : table.owners()) {
      owner.status().ifPresent(status -> states.put(owner, status.state()));
      if (threads.size() < MOST_WATCHED) {
        threads.put(owner, owner.threads());
      }
    }
    return new Sample(table, counters, states, threads);
  }

  /** The sockets of this look, each with what it was like at an earlier one. */
  List<SocketEvidence> comparedWith(Sample earlier) {
    Map<SocketKey, Previous> before = new HashMap<>();
    earlier.table.forEach(socket -> before.put(socket.key(), Previous.of(socket)));
    return table.stream()
        .map(s -> SocketEvidence.of(s, Optional.ofNullable(before.get(s.key()))))
        .toList();
  }

  /**
   * The address to ask at, if that is not the one that is asked unless told otherwise: the one that
   * was chosen or, where nothing that listens is reached at localhost, that of a listener.
   */
  Optional<ListenAddress> reachable(PortScope scope) {
    List<ListenAddress> listeners = table.listeners().stream().map(ListenAddress::of).toList();
    return scope
        .address()
        .or(
            () ->
                LocalAddresses.areAtLocalhost(listeners)
                    ? Optional.empty()
                    : listeners.stream()
                        .filter(it -> it.askedAt().isPresent())
                        // Another machine may have it now.
                        .filter(it -> LocalAddresses.gone(List.of(it)).isEmpty())
                        .findFirst());
  }

  /** The processes that listen on a port, or on one address of it. */
  static Set<OsProcess> listening(PortScope scope, TcpTable table) {
    return table.listeners().stream()
        .filter(listener -> scope.concerns(ListenAddress.of(listener)))
        .flatMap(listener -> listener.owners().stream())
        .collect(Collectors.toSet());
  }

  /** The processes of this machine that have a connection to a port, by their address. */
  static Map<Endpoint, String> callers(int port) {
    Map<Endpoint, String> callers = new HashMap<>();
    TcpTable.snapshot(TcpQuery.all().remotePort(port).states(TcpState.ESTABLISHED))
        .forEach(
            socket ->
                socket.owners().stream()
                    .findFirst()
                    .ifPresent(owner -> callers.put(socket.local().unmapped(), owner.toString())));
    return callers;
  }

  /** How many connections wait to be accepted. */
  int waiting() {
    return (int)
        table.stream().filter(s -> SocketEvidence.isWaiting(s.state(), s.ownership())).count();
  }
}
