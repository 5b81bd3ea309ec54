// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.OsProcess;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who listens on which ports, besides one.
 *
 * @param byOwner the ports of each process, both in ascending order
 */
public record ServedPorts(Map<OsProcess, Set<Integer>> byOwner) {

  public static final ServedPorts NONE = new ServedPorts(Map.of());

  private static final TcpQuery LISTENERS = TcpQuery.all().states(TcpState.LISTEN);

  /** Reads all listeners. */
  public static ServedPorts besides(int port) {
    // The owners are the dearer part, and a container often has no other listener.
    if (others(LISTENERS.withoutOwners(), port).isEmpty()) {
      return NONE;
    }
    Map<OsProcess, Set<Integer>> ports = new TreeMap<>(Comparator.comparingLong(OsProcess::pid));
    for (TcpSocket listener : others(LISTENERS, port)) {
      listener
          .owners()
          .forEach(
              owner ->
                  ports.computeIfAbsent(owner, o -> new TreeSet<>()).add(listener.localPort()));
    }
    return new ServedPorts(ports);
  }

  private static List<TcpSocket> others(TcpQuery query, int port) {
    return TcpTable.snapshot(query).stream().filter(it -> it.localPort() != port).toList();
  }

  /** Whether a process serves one of them. */
  public boolean areServedBy(OsProcess process) {
    return byOwner.containsKey(process);
  }
}
