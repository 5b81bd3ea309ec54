// SPDX-License-Identifier: Apache-2.0
package io.tcptable.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.binding.BindingSelection;
import io.tcptable.internal.platform.SystemAccess;
import io.tcptable.internal.windows.WindowsAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import servers.FreePorts;

/** What becomes of a connection that Wine is asked to drop. */
@Tag("once")
class WindowsDropIT {

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

  /**
   * Wine's {@code SetTcpEntry} says that it has done it, and does nothing: that a connection has
   * gone must be seen, not believed.
   */
  @Test
  void wineSaysYesAndDoesNothing() throws IOException {
    int port = FreePorts.next();
    try (Peer server = Peer.hung(4, port);
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      TcpSocket connection = established(port);

      assertThat(connection.drop()).isTrue();

      assertThat(established(port).remote()).isEqualTo(connection.remote());
      client.getOutputStream().write(7);
      assertThat(server.hasEnded()).isFalse();
    }
  }

  @Test
  void aListenerAndAConnectionOfIpv6AreRefused() throws IOException {
    int port = FreePorts.next();
    try (Peer server = Peer.hung(6, port);
        Peer client = Peer.client(6, port, 1)) {
      TcpSocket connection = established(port);
      TcpSocket listener =
          Platforms.reading(sources, () -> TcpTable.snapshot(TcpQuery.all().localPort(port)))
              .listeners()
              .get(0);

      assertThatThrownBy(listener::drop).isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(connection::drop)
          .isInstanceOf(TcpTableException.class)
          .hasMessageContaining("Windows offers it for IPv4 only");
      assertThat(server.hasEnded() || client.hasEnded()).isFalse();
    }
  }

  private static TcpSocket established(int port) {
    TcpQuery query = TcpQuery.all().localPort(port).states(TcpState.ESTABLISHED);
    return Platforms.reading(sources, () -> TcpTable.snapshot(query)).get(0);
  }
}
