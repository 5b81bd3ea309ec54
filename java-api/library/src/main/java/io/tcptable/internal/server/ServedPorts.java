// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.OsProcess;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import java.util.Comparator;
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

  /** Reads all listeners. */
  public static ServedPorts besides(int port) {
    Map<OsProcess, Set<Integer>> ports = new TreeMap<>(Comparator.comparingLong(OsProcess::pid));
    for (TcpSocket listener : TcpTable.snapshot(TcpQuery.all().states(TcpState.LISTEN))) {
      if (listener.localPort() != port) {
        listener
            .owners()
            .forEach(
                owner ->
                    ports.computeIfAbsent(owner, o -> new TreeSet<>()).add(listener.localPort()));
      }
    }
    return new ServedPorts(ports);
  }

  /** Whether a process serves one of them. */
  public boolean areServedBy(OsProcess process) {
    return byOwner.containsKey(process);
  }
}
