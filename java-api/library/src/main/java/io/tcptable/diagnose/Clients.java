// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.TcpQuery;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.process.PortPolicy;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Connections of this machine to the port, by the destination that has most.
 *
 * @param destination address and port
 * @param localPorts how many local ports are in use for it
 * @param timeWaits how many of them only wait for their end
 */
record Clients(String destination, int localPorts, int timeWaits) {

  static final Clients NONE = new Clients("", 0, 0);

  /**
   * The connections of this machine to a port from one that they were given, by the destination
   * that has most.
   */
  static Clients of(int port, PortPolicy policy) {
    Map<String, Set<Integer>> ports = new HashMap<>();
    Map<String, Integer> timeWaits = new HashMap<>();
    TcpTable.snapshot(TcpQuery.all().remotePort(port).withoutOwners()).stream()
        .filter(socket -> policy.isGivenAway(socket.localPort()))
        .forEach(
            socket -> {
              String destination = socket.remote().toString();
              ports.computeIfAbsent(destination, d -> new HashSet<>()).add(socket.localPort());
              if (socket.state() == TcpState.TIME_WAIT) {
                timeWaits.merge(destination, 1, Integer::sum);
              }
            });
    return ports.entrySet().stream()
        .max(Map.Entry.comparingByValue(Comparator.comparingInt(Set::size)))
        .map(
            most ->
                new Clients(
                    most.getKey(),
                    most.getValue().size(),
                    timeWaits.getOrDefault(most.getKey(), 0)))
        .orElse(NONE);
  }
}
