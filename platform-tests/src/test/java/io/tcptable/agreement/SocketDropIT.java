// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import io.tcptable.binding.Providers;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.linux.LinuxAccess;
import io.tcptable.internal.platform.SystemAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import servers.FreePorts;

/** Every binding drops the one connection it is told to, of this JVM's own. */
class SocketDropIT {

  private ServerSocket listener;

  static Stream<String> bindings() {
    return Providers.names().stream();
  }

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  @NeedsRoot
  @ParameterizedTest
  @MethodSource("bindings")
  void theOneConnectionAndNoOther(String binding) throws IOException {
    SystemAccess sources = LinuxAccess.open(binding);
    try (Socket victim = connect(0);
        Socket victimServer = listener.accept();
        Socket living = connect(0);
        Socket livingServer = listener.accept()) {
      TcpSocket socket = server(sources, victim.getLocalPort());

      assertThat(socket.drop()).isTrue();

      assertThatThrownBy(() -> victim.getInputStream().read()).isInstanceOf(SocketException.class);
      assertThatThrownBy(() -> victimServer.getInputStream().read())
          .isInstanceOf(SocketException.class);
      assertThat(socket.drop()).as("again").isFalse();
      living.getOutputStream().write(7);
      assertThat(livingServer.getInputStream().read()).isEqualTo(7);
    }
  }

  /** The kernel knows it by its cookie. */
  @NeedsRoot
  @ParameterizedTest
  @MethodSource("bindings")
  void neverALaterOneBetweenTheSameEnds(String binding) throws IOException {
    SystemAccess sources = LinuxAccess.open(binding);
    int port = FreePorts.next();
    TcpSocket earlier;
    try (Socket first = connect(port);
        Socket firstServer = listener.accept()) {
      earlier = server(sources, port);
      first.setSoLinger(true, 0);
      firstServer.setSoLinger(true, 0);
    }
    try (Socket second = connect(port);
        Socket secondServer = listener.accept()) {
      TcpSocket later = server(sources, port);
      assertThat(later.remote()).isEqualTo(earlier.remote());
      assertThat(later.local()).isEqualTo(earlier.local());

      assertThat(earlier.drop()).isFalse();

      second.getOutputStream().write(7);
      assertThat(secondServer.getInputStream().read()).isEqualTo(7);
      assertThat(later.drop()).isTrue();
    }
  }

  @Test
  void aListenerIsRefused() throws IOException {
    TcpQuery query = TcpQuery.all().localPort(listener.getLocalPort()).states(TcpState.LISTEN);
    TcpSocket socket =
        Platforms.reading(LinuxAccess.open("jni"), () -> TcpTable.snapshot(query)).get(0);

    assertThatThrownBy(socket::drop).isInstanceOf(UnsupportedOperationException.class);

    try (Socket client = connect(0);
        Socket server = listener.accept()) {
      assertThat(server.getPort()).isEqualTo(client.getLocalPort());
    }
  }

  @Test
  void plainJavaSaysThatItCannot() throws IOException {
    try (Socket client = connect(0);
        Socket server = listener.accept()) {
      TcpSocket socket = server(LinuxAccess.open("java"), client.getLocalPort());

      assertThatThrownBy(socket::drop)
          .isInstanceOf(TcpTableException.class)
          .hasMessageContaining("it takes netlink");
      assertThat(server.isConnected()).isTrue();
    }
  }

  private Socket connect(int fromPort) throws IOException {
    Socket client = new Socket();
    client.setReuseAddress(true);
    client.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), fromPort));
    client.connect(listener.getLocalSocketAddress());
    return client;
  }

  /** The server's end of the connection from this port. */
  private TcpSocket server(SystemAccess sources, int clientPort) {
    TcpQuery query =
        TcpQuery.all()
            .localPort(listener.getLocalPort())
            .remotePort(clientPort)
            .states(TcpState.ESTABLISHED)
            .withoutOwners();
    return Platforms.reading(sources, () -> TcpTable.snapshot(query)).get(0);
  }
}
