// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Endpoint;
import io.tcptable.InheritedSocket;
import io.tcptable.ListenAddress;
import io.tcptable.OsProcess;
import io.tcptable.Ownership;
import io.tcptable.TcpDetail;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTimer;
import io.tcptable.internal.server.PortSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One socket of the port at the second look, and what it was like at the first.
 *
 * @param state its state
 * @param bound its local address and, if it is bound to one, its network interface
 * @param remote its remote address
 * @param ownership whether it is known who owns it
 * @param owners the PIDs of its owners
 * @param endedOwner who opened it, if that process has ended; on Windows only
 * @param receiveQueue bytes unread, or connections in the accept queue
 * @param sendQueue bytes not acknowledged, or the limit of the accept queue
 * @param lastReceived time since data came
 * @param lastSent time since data was sent
 * @param isPeerSilent whether it is known that the peer has sent no data yet
 * @param timer the timer that runs
 * @param before the same socket at the first look; empty if it was not there
 */
record SocketEvidence(
    TcpState state,
    ListenAddress bound,
    Endpoint remote,
    Ownership ownership,
    List<Long> owners,
    Optional<InheritedSocket> endedOwner,
    OptionalLong receiveQueue,
    OptionalLong sendQueue,
    Optional<Duration> lastReceived,
    Optional<Duration> lastSent,
    boolean isPeerSilent,
    Optional<TcpTimer> timer,
    Optional<Previous> before) {

  /** A socket at the first look. */
  record Previous(
      TcpState state, Ownership ownership, OptionalLong receiveQueue, OptionalLong sendQueue) {

    static Previous of(TcpSocket socket) {
      return new Previous(
          socket.state(), socket.ownership(), socket.receiveQueue(), socket.sendQueue());
    }
  }

  static SocketEvidence of(TcpSocket socket, Optional<Previous> before) {
    return new SocketEvidence(
        socket.state(),
        ListenAddress.of(socket),
        socket.remote(),
        socket.ownership(),
        socket.owners().stream().map(OsProcess::pid).toList(),
        socket.endedOwner(),
        socket.receiveQueue(),
        socket.sendQueue(),
        socket.detail().map(TcpDetail::lastReceived),
        socket.detail().map(TcpDetail::lastSent),
        socket.detail().filter(TcpDetail::isPeerSilent).isPresent(),
        socket.timer(),
        before);
  }

  /** Its local address and port. */
  Endpoint local() {
    return bound.endpoint();
  }

  boolean isListener() {
    return state == TcpState.LISTEN;
  }

  /** Whether it was in its present state at both looks. */
  boolean isPersistent() {
    return before.filter(b -> b.state() == state).isPresent();
  }

  /** Whether the kernel has made the connection but the application has not yet accepted it. */
  boolean isWaiting() {
    return isWaiting(state, ownership);
  }

  /**
   * Whether the client has closed the connection and the application has not even read the request.
   * The end of the client's data counts as one unread byte ({@code tcp_fin} in the kernel).
   */
  boolean isGivenUp() {
    return state == TcpState.CLOSE_WAIT && !isWaiting() && receiveQueue.orElse(0) > 1;
  }

  /**
   * Whether the server has accepted the connection and it is the client's turn to send: it has sent
   * nothing yet, or the server has answered what it sent.
   */
  boolean isClientsTurn() {
    return state == TcpState.ESTABLISHED
        && ownership == Ownership.OWNED
        && receiveQueue.orElse(1) == 0
        && sendQueue.orElse(1) == 0
        && (isPeerSilent || isAnswered());
  }

  private boolean isAnswered() {
    return lastSent.isPresent()
        && lastReceived.isPresent()
        && lastSent.get().compareTo(lastReceived.get()) < 0;
  }

  boolean wasWaiting() {
    return before.filter(b -> isWaiting(b.state(), b.ownership())).isPresent();
  }

  /**
   * One that was accepted and closed again is in another state, so nobody's is not yet anybody's.
   */
  static boolean isWaiting(TcpState state, Ownership ownership) {
    return ownership == Ownership.NONE
        && (state == TcpState.ESTABLISHED || state == TcpState.CLOSE_WAIT);
  }

  /** Whether a listener takes connections that this machine makes to this address. */
  boolean covers(Endpoint asked) {
    return bound.takesFromHere(asked);
  }

  /** What the roles of its owners are found by. */
  PortSocket asPortSocket() {
    return new PortSocket(isListener(), bound, remote, owners);
  }
}
