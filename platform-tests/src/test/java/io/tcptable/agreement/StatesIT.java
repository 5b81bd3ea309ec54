// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Ownership;
import io.tcptable.TcpState;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every state of RFC 9293, held still by losing packets, with an owner and without. */
@NeedsRoot
@Tag("once")
class StatesIT {

  @AutoClose private final Namespace namespace = Namespace.create();
  private final PythonPeer peer = namespace.peer();

  @BeforeEach
  void listen() {
    peer.run("listener = listen('127.0.0.1', 3001)");
  }

  @Test
  void listenAndEstablished() {
    peer.run("client, server = pair(listener)");

    assertThat(Agreement.onlyIn(namespace, TcpState.LISTEN).ownership()).isEqualTo(Ownership.OWNED);
    assertThat(Agreement.in(namespace, TcpState.ESTABLISHED)).hasSize(2).allMatch(this::isOwned);
  }

  @Test
  void synSent() {
    namespace.lose("tcp dport 3001");
    peer.run("client = connecting('127.0.0.1', 3001)");

    assertThat(Agreement.onlyIn(namespace, TcpState.SYN_SENT)).matches(this::isOwned);
  }

  @Test
  void synReceived() {
    namespace.lose("tcp sport 3001 tcp flags & (syn | ack) == syn | ack");
    peer.run("client = connecting('127.0.0.1', 3001)");

    SeenSocket request = Agreement.onlyIn(namespace, TcpState.SYN_RECEIVED);
    assertThat(request.ownership()).isEqualTo(Ownership.NONE);
    assertThat(request.row().inode()).isZero();
    assertThat(request.row().localPort()).isEqualTo(3001);
  }

  @Test
  void finWait1() {
    peer.run("owned, accepted1 = pair(listener); orphan, accepted2 = pair(listener)");
    namespace.lose("tcp dport 3001");
    peer.run("owned.shutdown(SHUT_WR); orphan.close()");

    assertThat(Agreement.in(namespace, TcpState.FIN_WAIT_1))
        .extracting(SeenSocket::ownership)
        .containsExactlyInAnyOrder(Ownership.OWNED, Ownership.NONE);
  }

  @Test
  void finWait2AndCloseWait() {
    peer.run(
        """
        owned, accepted1 = pair(listener)
        orphan, accepted2 = pair(listener)
        owned.shutdown(SHUT_WR)
        orphan.close()
        until(lambda: state(accepted1) == state(accepted2) == "CLOSE_WAIT")
        """);

    assertThat(Agreement.in(namespace, TcpState.FIN_WAIT_2))
        .extracting(SeenSocket::ownership)
        .containsExactlyInAnyOrder(Ownership.OWNED, Ownership.NONE);
    assertThat(Agreement.in(namespace, TcpState.CLOSE_WAIT)).hasSize(2).allMatch(this::isOwned);
  }

  @Test
  void timeWait() {
    peer.run(
        """
        client, server = pair(listener)
        client.close()
        until(lambda: state(server) == "CLOSE_WAIT")
        server.close()
        """);

    SeenSocket rest = Agreement.onlyIn(namespace, TcpState.TIME_WAIT);
    assertThat(rest.ownership()).isEqualTo(Ownership.NONE);
    assertThat(rest.row().remotePort()).isEqualTo(3001);
  }

  @Test
  void lastAck() {
    peer.run(
        """
        client1, owned = pair(listener)
        client2, orphan = pair(listener)
        client1.close(); client2.close()
        until(lambda: state(owned) == state(orphan) == "CLOSE_WAIT")
        """);
    namespace.lose("tcp sport 3001");
    peer.run("owned.shutdown(SHUT_WR); orphan.close()");

    assertThat(Agreement.in(namespace, TcpState.LAST_ACK))
        .extracting(SeenSocket::ownership)
        .containsExactlyInAnyOrder(Ownership.OWNED, Ownership.NONE);
  }

  /** Both close, but of the two FINs only that of the server arrives. */
  @Test
  void closing() {
    peer.run("owned, server1 = pair(listener); orphan, server2 = pair(listener)");
    namespace.lose("tcp dport 3001");
    peer.run(
        """
        owned.shutdown(SHUT_WR); server1.shutdown(SHUT_WR)
        orphan.close(); server2.shutdown(SHUT_WR)
        until(lambda: state(owned) == "CLOSING")
        """);

    assertThat(Agreement.in(namespace, TcpState.CLOSING))
        .extracting(SeenSocket::ownership)
        .containsExactlyInAnyOrder(Ownership.OWNED, Ownership.NONE);
  }

  /**
   * Not every ss shows these, and /proc/net/tcp does not; the truth here is what made the socket.
   */
  @Test
  void closed() {
    long inode =
        peer.number("bound = bound('127.0.0.2', 3005); answer = os.fstat(bound.fileno()).st_ino");

    List<Answer> answers = Agreement.in(namespace, UserAccount.ROOT);

    assertThat(answers)
        .allSatisfy(
            answer ->
                assertThat(answer.rows().filter(row -> row.state() == TcpState.CLOSED))
                    .hasSize(answer.isFromProc() ? 0 : 1)
                    .allSatisfy(
                        row -> {
                          assertThat(row.local()).isEqualTo("127.0.0.2:3005");
                          assertThat(row.remote()).isEqualTo("0.0.0.0:0");
                          assertThat(row.inode()).isEqualTo(inode);
                          assertThat(row.owners()).containsExactly("python3(" + peer.pid() + ")");
                        }));
  }

  private boolean isOwned(SeenSocket socket) {
    return socket.ownership() == Ownership.OWNED
        && socket.row().owners().equals(List.of("python3(" + peer.pid() + ")"));
  }
}
