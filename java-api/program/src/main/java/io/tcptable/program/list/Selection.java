// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import io.tcptable.ListenAddress;
import io.tcptable.OsProcess;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.program.command.PortArgument;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which sockets are asked for. An empty list or family stands for all.
 *
 * @param ports local ports
 * @param pids processes, one of which owns the socket
 */
record Selection(
    List<PortArgument> ports,
    List<TcpState> states,
    Optional<StandardProtocolFamily> family,
    List<Integer> pids) {

  /** The query for these sockets, of all processes: the owners are not known before. */
  TcpQuery query() {
    TcpQuery query = TcpQuery.all();
    if (!ports.isEmpty()) {
      query = query.localPorts(ports.stream().mapToInt(PortArgument::port).toArray());
    }
    if (!states.isEmpty()) {
      query = query.states(states.toArray(new TcpState[0]));
    }
    return family.isPresent() ? query.family(family.get()) : query;
  }

  /** The selected sockets of the answer to the query, in the order to show them. */
  List<TcpSocket> of(TcpTable table) {
    List<TcpSocket> sockets = new ArrayList<>(table.size());
    for (int i = 0; i < table.size(); i++) {
      TcpSocket socket = table.get(i);
      if (isAtOneOfThem(socket) && (pids.isEmpty() || isOwnedByOneOfThem(socket))) {
        sockets.add(socket);
      }
    }
    sockets.sort(TcpSocket.LISTENERS_FIRST);
    return sockets;
  }

  /** Of an address: the listeners that take connections to it, and its connections. */
  private boolean isAtOneOfThem(TcpSocket socket) {
    if (ports.stream().allMatch(it -> it.address().isEmpty())) {
      return true;
    }
    ListenAddress local = ListenAddress.of(socket);
    return ports.stream()
        .anyMatch(
            it ->
                it.address()
                    .map(address -> address.conflictsWith(local))
                    .orElse(it.port() == socket.localPort()));
  }

  private boolean isOwnedByOneOfThem(TcpSocket socket) {
    for (OsProcess owner : socket.owners()) {
      if (pids.contains((int) owner.pid())) {
        return true;
      }
    }
    return false;
  }

  /** {@code IPv6 TCP socket in LISTEN or CLOSE_WAIT on port 3001 of PID 4242}. */
  @Override
  public String toString() {
    return family.map(it -> it == StandardProtocolFamily.INET6 ? "IPv6 " : "IPv4 ").orElse("")
        + "TCP socket"
        + oneOf(" in ", states)
        + oneOf(ports.stream().allMatch(it -> it.address().isEmpty()) ? " on port " : " on ", ports)
        + oneOf(" of PID ", pids);
  }

  private static String oneOf(String lead, List<?> values) {
    return values.isEmpty()
        ? ""
        : values.stream().map(Object::toString).collect(Collectors.joining(" or ", lead, ""));
  }
}
