// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import io.tcptable.Endpoint;
import io.tcptable.ListenAddress;
import io.tcptable.OsProcess;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.program.command.PortArgument;
import io.tcptable.watch.TcpEvent;
import io.tcptable.watch.WatchedSocket;
import java.net.Inet6Address;
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
public record Selection(
    List<PortArgument> ports,
    List<TcpState> states,
    Optional<StandardProtocolFamily> family,
    List<Integer> pids) {

  /** The query for these sockets, of all processes: the owners are not known before. */
  public TcpQuery query() {
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
  public List<TcpSocket> of(TcpTable table) {
    List<TcpSocket> sockets = new ArrayList<>(table.size());
    for (int i = 0; i < table.size(); i++) {
      TcpSocket socket = table.get(i);
      if (isAtOneOfThem(ListenAddress.of(socket)) && isOfOneOfThem(socket.owners())) {
        sockets.add(socket);
      }
    }
    sockets.sort(TcpSocket.LISTENERS_FIRST);
    return sockets;
  }

  /** Whether it is about a selected socket: one that is as such a socket was last seen. */
  public boolean includes(TcpEvent event) {
    if (!(event instanceof TcpEvent.OfSocket of)) {
      return true;
    }
    WatchedSocket socket = of.socket();
    return isAtOneOfThem(socket.local())
        && (isOfOneOfThem(socket.owners())
            || (event instanceof TcpEvent.OwnersChanged changed
                && isOfOneOfThem(changed.before())));
  }

  /** An event does not tell whether a listener on {@code ::} takes IPv4 too: it may. */
  private boolean isAtOneOfThem(Endpoint local) {
    boolean mayTakeBoth = local.isWildcard() && local.address() instanceof Inet6Address;
    return isAtOneOfThem(ListenAddress.of(local.address(), local.port()))
        || (mayTakeBoth && ports.stream().anyMatch(it -> it.port() == local.port()));
  }

  /** Of an address: the listeners that take connections to it, and its connections. */
  private boolean isAtOneOfThem(ListenAddress local) {
    return ports.stream().allMatch(it -> it.address().isEmpty())
        || ports.stream()
            .anyMatch(
                it ->
                    it.address()
                        .map(address -> address.conflictsWith(local))
                        .orElse(it.port() == local.port()));
  }

  private boolean isOfOneOfThem(List<OsProcess> owners) {
    return pids.isEmpty() || owners.stream().anyMatch(owner -> pids.contains((int) owner.pid()));
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
