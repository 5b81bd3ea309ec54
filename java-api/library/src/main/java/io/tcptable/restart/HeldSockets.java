// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.ListenAddress;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.internal.wording.Quantities;
import io.tcptable.process.PortRole;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The sockets of the port that one process holds, in words. */
final class HeldSockets {

  /** More are only counted. */
  private static final int MOST_REMOTES = 3;

  private HeldSockets() {}

  /** Why they make it a target. */
  static String why(List<TcpSocket> held, PortRole role) {
    return switch (role.kind()) {
      case HEIR -> why(held) + " (" + role.evidence() + ")";
      case CLIENT -> role.evidence() + ", which keeps the port";
      default -> why(held);
    };
  }

  /** What it holds: {@code listens on 127.0.0.1:3001 and holds connections: 3 CLOSE_WAIT}. */
  private static String why(List<TcpSocket> held) {
    String listening = Listeners.addresses(listeners(held));
    List<TcpSocket> connected =
        held.stream().filter(socket -> socket.state() != TcpState.LISTEN).toList();
    if (connected.isEmpty()) {
      return "listens on " + listening;
    }
    Map<TcpState, Long> connections =
        connected.stream()
            .collect(Collectors.groupingBy(TcpSocket::state, TreeMap::new, Collectors.counting()));
    String states =
        connections.entrySet().stream()
            .map(of -> of.getValue() + " " + of.getKey())
            .collect(Collectors.joining(", "));
    return listening.isEmpty()
        ? "holds connections: " + states + remotes(connected)
        : "listens on " + listening + " and holds connections: " + states;
  }

  /** The other ends, where they are all that makes the process a target. */
  private static String remotes(List<TcpSocket> connected) {
    List<String> all =
        connected.stream().map(it -> it.remote().toString()).distinct().sorted().toList();
    return " with " + Quantities.list(all, MOST_REMOTES);
  }

  static List<TcpSocket> listeners(List<TcpSocket> held) {
    return held.stream().filter(socket -> socket.state() == TcpState.LISTEN).toList();
  }

  /** Where they listen. */
  static List<ListenAddress> addresses(List<TcpSocket> held) {
    return listeners(held).stream().map(ListenAddress::of).toList();
  }
}
