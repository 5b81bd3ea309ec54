// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Endpoint;
import io.tcptable.OsProcess;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import io.tcptable.TcpTimer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The connection to another machine through which a process forwards a port.
 *
 * @param local its address here
 * @param remote its address there
 * @param unacknowledged bytes that were sent and not acknowledged
 * @param retransmits how many times in a row they were sent again, without an answer
 */
record CarryingConnection(Endpoint local, Endpoint remote, long unacknowledged, int retransmits) {

  /** A network that loses a few packets does not lose so many of the same one. */
  private static final int TOO_MANY = 3;

  /** The only one of a process that is not of a client; empty if it has none, or several. */
  static Optional<CarryingConnection> of(OsProcess forwarder) {
    try {
      TcpTable own = TcpTable.snapshot(TcpQuery.all().ownedBy(forwarder.pid()));
      Set<Integer> listening =
          own.listeners().stream().map(TcpSocket::localPort).collect(Collectors.toSet());
      List<TcpSocket> outgoing =
          own.stream()
              .filter(it -> it.state() != TcpState.LISTEN && !listening.contains(it.localPort()))
              .toList();
      return outgoing.size() == 1 ? Optional.of(of(outgoing.get(0))) : Optional.empty();
    } catch (TcpTableException e) {
      // It has ended, or this user may not look into it.
      return Optional.empty();
    }
  }

  private static CarryingConnection of(TcpSocket socket) {
    return new CarryingConnection(
        socket.local().unmapped(),
        socket.remote().unmapped(),
        socket.sendQueue().orElse(0),
        socket
            .timer()
            .filter(timer -> timer.kind() == TcpTimer.Kind.RETRANSMIT)
            .map(TcpTimer::retransmits)
            .orElse(0));
  }

  /** Whether the other machine does not acknowledge what is sent. */
  boolean isDead() {
    return unacknowledged > 0 && retransmits >= TOO_MANY;
  }
}
