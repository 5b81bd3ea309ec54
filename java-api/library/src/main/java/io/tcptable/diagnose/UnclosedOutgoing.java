// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Endpoint;
import io.tcptable.OsProcess;
import io.tcptable.SocketKey;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Connections of a server to other servers that these have closed, and it has not, at two looks.
 *
 * @param count how many
 * @param pids the processes that hold them
 * @param destination to whom most of them are; empty if there are none
 * @param toDestination how many these are
 */
record UnclosedOutgoing(int count, Set<Long> pids, String destination, int toDestination) {

  static final UnclosedOutgoing NONE = new UnclosedOutgoing(0, Set.of(), "", 0);

  /** Those of any process, as far as they are known without a look at processes. */
  static Set<SocketKey> look() {
    return TcpTable.snapshot(TcpQuery.all().states(TcpState.CLOSE_WAIT).withoutOwners()).stream()
        .map(TcpSocket::key)
        .collect(Collectors.toSet());
  }

  /**
   * Those of some processes.
   *
   * @param before what {@link #look} saw
   */
  static UnclosedOutgoing of(Set<Long> server, Set<SocketKey> before) {
    if (server.isEmpty() || before.isEmpty()) {
      return NONE;
    }
    TcpTable all = TcpTable.snapshot(TcpQuery.all().states(TcpState.LISTEN, TcpState.CLOSE_WAIT));
    Set<Integer> listening =
        all.listeners().stream().map(TcpSocket::localPort).collect(Collectors.toSet());
    List<TcpSocket> unclosed =
        all.stream()
            .filter(it -> it.state() == TcpState.CLOSE_WAIT && before.contains(it.key()))
            .filter(it -> !listening.contains(it.localPort()))
            .filter(it -> it.owners().stream().anyMatch(owner -> server.contains(owner.pid())))
            .toList();
    Map<Endpoint, Integer> counts = new HashMap<>();
    unclosed.forEach(it -> counts.merge(it.remote().unmapped(), 1, Integer::sum));
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(
            most ->
                new UnclosedOutgoing(
                    unclosed.size(),
                    unclosed.stream()
                        .flatMap(it -> it.owners().stream())
                        .map(OsProcess::pid)
                        .filter(server::contains)
                        .collect(Collectors.toUnmodifiableSet()),
                    most.getKey().toString(),
                    most.getValue()))
        .orElse(NONE);
  }
}
