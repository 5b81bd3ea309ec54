// SPDX-License-Identifier: Apache-2.0
package io.tcptable.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.OsProcess;
import io.tcptable.Ownership;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.platform.SystemAccess;
import io.tcptable.internal.windows.WindowsAccess;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import servers.FreePorts;

/** The table is what Windows processes really opened. */
@Tag("once")
class SocketsIT {

  private static final long MOST_MILLIS = 60_000;

  private static BridgeWindowsCalls calls;
  private static SystemAccess sources;

  @BeforeAll
  static void build() {
    calls = new BridgeWindowsCalls();
    sources = WindowsAccess.of(new BindingSelection<>("bridge", calls, Map.of()));
  }

  @AfterAll
  static void end() {
    calls.close();
  }

  @Test
  void aListenerHasItsOwner() throws Exception {
    int port = FreePorts.next();
    try (Peer server = Peer.hung(4, port)) {
      TcpTable table = snapshot(TcpQuery.all().localPort(port));
      TcpSocket listener = only(table.listeners());
      assertThat(listener.state()).isEqualTo(TcpState.LISTEN);
      assertThat(listener.family()).isEqualTo(StandardProtocolFamily.INET);
      assertThat(listener.local()).hasToString("127.0.0.1:" + port);
      assertThat(listener.remote()).hasToString("0.0.0.0:0");
      OsProcess owner = only(listener.owners());
      assertThat(owner.pid()).isEqualTo(server.pid());
      assertThat(owner.name()).isEqualTo("peer.exe");
      assertThat(table.owners()).containsExactly(owner);
    }
    assertThat(snapshot(TcpQuery.all().localPort(port)).listeners()).isEmpty();
  }

  @Test
  void whatWindowsDoesNotTellIsEmpty() throws Exception {
    int port = FreePorts.next();
    try (Peer server = Peer.hung(4, port)) {
      TcpSocket listener = only(snapshot(TcpQuery.all().localPort(port).withDetail()).listeners());
      assertThat(listener.owners()).isNotEmpty();
      assertThat(listener.receiveQueue()).isEmpty();
      assertThat(listener.sendQueue()).isEmpty();
      assertThat(listener.uid()).isEmpty();
      assertThat(listener.inode()).isEmpty();
      assertThat(listener.cookie()).isEmpty();
      assertThat(listener.mark()).isEmpty();
      assertThat(listener.timer()).isEmpty();
      assertThat(listener.detail()).isEmpty();
      assertThat(server.hasEnded()).isFalse();
    }
  }

  @Test
  void processesThatShareAPortAreAllThere() throws Exception {
    int port = FreePorts.next();
    try (Peer first = Peer.hung(4, port);
        Peer second = Peer.hung(4, port);
        Peer third = Peer.hung(4, port)) {
      List<TcpSocket> listeners = snapshot(TcpQuery.all().localPort(port)).listeners();
      assertThat(listeners).hasSize(3);
      assertThat(listeners.stream().flatMap(socket -> socket.owners().stream()).map(OsProcess::pid))
          .containsExactlyInAnyOrder(first.pid(), second.pid(), third.pid());
    }
  }

  @Test
  void bothEndsOfConnectionsAreThere() throws Exception {
    int port = FreePorts.next();
    try (Peer server = Peer.hung(4, port);
        Peer client = Peer.client(4, port, 3)) {
      List<TcpSocket> accepted = await(port, TcpState.ESTABLISHED, 3);
      assertThat(accepted).allMatch(socket -> pids(socket).equals(List.of(server.pid())));
      TcpTable opened = snapshot(TcpQuery.all().remotePort(port).states(TcpState.ESTABLISHED));
      assertThat(opened).hasSize(3).allMatch(socket -> pids(socket).equals(List.of(client.pid())));
      assertThat(opened.stream().map(TcpSocket::local))
          .containsExactlyInAnyOrderElementsOf(accepted.stream().map(TcpSocket::remote).toList());
    }
  }

  @Test
  void aServerThatNeverClosesIsLeftInCloseWait() throws Exception {
    int port = FreePorts.next();
    try (Peer server = Peer.hung(4, port)) {
      List<Socket> clients = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        clients.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
      await(port, TcpState.ESTABLISHED, 5);
      for (Socket client : clients) {
        client.close();
      }
      assertThat(await(port, TcpState.CLOSE_WAIT, 5))
          .allMatch(socket -> pids(socket).equals(List.of(server.pid())));
    }
  }

  /** Wine 8 tells no owners of IPv6 sockets: somebody's, and it is not known whose. */
  @Test
  void ipv6IsThere() throws Exception {
    int port = FreePorts.next();
    try (Peer server = Peer.hung(6, port);
        Peer client = Peer.client(6, port, 2)) {
      TcpTable table = snapshot(TcpQuery.all().localPort(port));
      TcpSocket listener = only(table.listeners());
      assertThat(listener.family()).isEqualTo(StandardProtocolFamily.INET6);
      assertThat(listener.local()).hasToString("[::1]:" + port);
      assertThat(listener.remote()).hasToString("[::]:0");
      if (Wine.namesOwnersOfIpv6()) {
        assertThat(pids(listener)).containsExactly(server.pid());
      } else {
        assertThat(listener.ownership()).isEqualTo(Ownership.UNKNOWN);
      }
      assertThat(table.count(TcpState.ESTABLISHED)).isEqualTo(2);
      assertThat(server.pid()).isNotEqualTo(client.pid());
      assertThat(snapshot(TcpQuery.all().localPort(port).family(StandardProtocolFamily.INET)))
          .isEmpty();
    }
  }

  @Test
  void onlyListenersAreAskedForIfOnlyTheyAreWanted() throws Exception {
    int port = FreePorts.next();
    try (Peer server = Peer.hung(4, port);
        Peer client = Peer.client(4, port, 1)) {
      TcpTable table = snapshot(TcpQuery.all().states(TcpState.LISTEN));
      assertThat(table).allMatch(socket -> socket.state() == TcpState.LISTEN);
      assertThat(table.ownedBy(server.pid())).hasSize(1);
      assertThat(table.ownedBy(client.pid())).isEmpty();
    }
  }

  private static List<TcpSocket> await(int port, TcpState state, int count) throws Exception {
    TcpQuery query = TcpQuery.all().localPort(port).states(state);
    long end = System.nanoTime() + MOST_MILLIS * 1_000_000;
    List<TcpSocket> sockets = snapshot(query).stream().toList();
    while ((sockets.size() < count
            || sockets.stream().anyMatch(s -> s.ownership() != Ownership.OWNED))
        && System.nanoTime() < end) {
      Thread.sleep(50);
      sockets = snapshot(query).stream().toList();
    }
    assertThat(sockets).hasSize(count);
    return sockets;
  }

  private static TcpTable snapshot(TcpQuery query) {
    return Platforms.reading(sources, () -> TcpTable.snapshot(query));
  }

  private static List<Long> pids(TcpSocket socket) {
    return socket.owners().stream().map(OsProcess::pid).toList();
  }

  private static <T> T only(List<T> list) {
    assertThat(list).hasSize(1);
    return list.get(0);
  }
}
