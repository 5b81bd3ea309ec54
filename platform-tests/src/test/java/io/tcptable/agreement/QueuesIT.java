// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpState;
import io.tcptable.TcpTimer.Kind;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Queues, timers and measurements: why a connection does not move. */
@NeedsRoot
@Tag("once")
class QueuesIT {

  @AutoClose private final Namespace namespace = Namespace.create();
  private final PythonPeer peer = namespace.peer();

  @Test
  void acceptQueueOfAListener() {
    peer.run(
        """
        listener = listen('127.0.0.1', 3001, backlog=5)
        clients = [connect('127.0.0.1', 3001) for i in range(2)]
        """);

    Row listener = Agreement.onlyIn(namespace, TcpState.LISTEN).row();
    assertThat(listener.receiveQueue()).isEqualTo(2);
    assertThat(listener.sendQueue()).isEqualTo(5);
  }

  /** The kernel queues one connection more than asked for, and then answers no SYN. */
  @Test
  void fullAcceptQueue() {
    peer.run(
        """
        listener = listen('127.0.0.1', 3001, backlog=1)
        clients = [connect('127.0.0.1', 3001) for i in range(2)]
        waiting = connecting('127.0.0.1', 3001)
        """);

    Row listener = Agreement.onlyIn(namespace, TcpState.LISTEN).row();
    assertThat(listener.receiveQueue()).isEqualTo(2);
    assertThat(listener.sendQueue()).isEqualTo(1);
    assertThat(Agreement.onlyIn(namespace, TcpState.SYN_SENT).row().remotePort()).isEqualTo(3001);
  }

  @Test
  void unreadBytes() {
    peer.run(
        """
        listener = listen('127.0.0.1', 3001)
        client, server = pair(listener)
        client.sendall(b'x' * 1000)
        """);

    assertThat(established(3001).row().receiveQueue()).isEqualTo(1000);
  }

  /** The peer's window is closed: bytes wait here, and a probe asks whether it has opened. */
  @Test
  void unsentBytesOfAPeerThatDoesNotRead() {
    peer.run(
        """
        listener = listen('127.0.0.1', 3001)
        client, server = pair(listener)
        server.setblocking(False)
        try:
            while True:
                server.send(b'x' * 65536)
        except BlockingIOError:
            pass
        """);

    SeenSocket stuck = await(3001, Kind.PROBE);
    assertThat(stuck.row().sendQueue()).isPositive();
    // An unanswered probe must be counted as one, and the second comes within a second.
    namespace.lose("tcp dport 3001");
    await(3001, Kind.PROBE, 2);
  }

  @Test
  void unacknowledgedBytesAreSentAgain() {
    peer.run("listener = listen('127.0.0.1', 3001); client, server = pair(listener)");
    namespace.lose("tcp sport 3001");
    peer.run("server.send(b'hello')");

    SeenSocket stuck = await(3001, Kind.RETRANSMIT, 2);
    assertThat(stuck.row().sendQueue()).isEqualTo(5);
    assertThat(stuck.requireDetail().retransmits()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void keepalive() {
    peer.run(
        """
        listener = listen('127.0.0.1', 3001)
        client, server = pair(listener)
        server.setsockopt(SOL_SOCKET, SO_KEEPALIVE, 1)
        """);

    await(3001, Kind.KEEPALIVE);
  }

  @Test
  void unansweredKeepaliveProbes() {
    peer.run(
        """
        listener = listen('127.0.0.1', 3001)
        client, server = pair(listener)
        """);
    namespace.lose("tcp sport 3001");
    peer.run(
        """
        server.setsockopt(IPPROTO_TCP, TCP_KEEPIDLE, 1)
        # Slow readers shall agree before the next probe, and find the connection.
        server.setsockopt(IPPROTO_TCP, TCP_KEEPINTVL, 15)
        server.setsockopt(IPPROTO_TCP, TCP_KEEPCNT, 100)
        server.setsockopt(SOL_SOCKET, SO_KEEPALIVE, 1)
        """);

    await(3001, Kind.KEEPALIVE, 1);
  }

  @Test
  void timeWaitGoesAwayInAMinute() {
    peer.run(
        """
        listener = listen('127.0.0.1', 3001)
        client, server = pair(listener)
        server.close()
        until(lambda: state(client) == "CLOSE_WAIT")
        client.close()
        """);

    SeenSocket rest = Agreement.onlyIn(namespace, TcpState.TIME_WAIT);
    assertThat(rest.requireTimer().kind()).isEqualTo(Kind.TIME_WAIT);
    assertThat(rest.requireTimer().millis()).isBetween(30_000L, 60_000L);
  }

  /** How long the peer has been silent: the age of a CLOSE_WAIT. */
  @Test
  void measurementsOfAConnection() {
    peer.run(
        """
        listener = listen('127.0.0.1', 3001)
        client, server = pair(listener)
        client.send(b'ping'); server.recv(4); server.send(b'pong')
        until(lambda: int.from_bytes(server.getsockopt(IPPROTO_TCP, TCP_INFO, 56)[52:], sys.byteorder) >= 300)
        """);

    SeenSocket server = established(3001);
    assertThat(server.requireDetail().lastReceivedMillis()).isBetween(300L, 10_000L);
    assertThat(server.requireDetail().lastSentMillis()).isBetween(290L, 10_000L);
    assertThat(server.requireDetail().roundTripMillis()).isBetween(0.001, 5_000.0);
    assertThat(server.requireDetail().retransmits()).isZero();
    assertThat(Agreement.onlyIn(namespace, TcpState.LISTEN).detail())
        .as("a listener is no connection")
        .isNull();
  }

  private SeenSocket established(int localPort) {
    return Agreement.in(namespace).stream()
        .filter(s -> s.row().state() == TcpState.ESTABLISHED && s.row().localPort() == localPort)
        .findFirst()
        .orElseThrow();
  }

  private SeenSocket await(int localPort, Kind kind) {
    return await(localPort, kind, 0);
  }

  /** Polls until the timer runs and has run out this often. */
  private SeenSocket await(int localPort, Kind kind, int retransmits) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (true) {
      SeenSocket seen = established(localPort);
      if (seen.timer() != null
          && seen.timer().kind() == kind
          && seen.timer().retransmits() >= retransmits) {
        return seen;
      }
      assertThat(System.nanoTime()).as("waited too long: %s", seen).isLessThan(deadline);
    }
  }
}
