// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpState;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Families and addresses as the kernel holds them, and what a socket is tied to. */
@NeedsRoot
@Tag("once")
class SocketAddressesIT {

  @AutoClose private final Namespace namespace = Namespace.create();
  private final PythonPeer peer = namespace.peer();

  @Test
  void ipv4() {
    peer.run("listener = listen('127.0.0.1', 3001); client, server = pair(listener)");

    assertThat(locals(TcpState.LISTEN)).containsExactly("127.0.0.1:3001");
    assertThat(remotes(TcpState.ESTABLISHED)).contains("127.0.0.1:3001");
  }

  @Test
  void ipv6() {
    peer.run("listener = listen('::1', 3001, family=AF_INET6); client, server = pair(listener)");

    assertThat(locals(TcpState.LISTEN)).containsExactly("[::1]:3001");
    assertThat(remotes(TcpState.ESTABLISHED)).contains("[::1]:3001");
  }

  /** The client's end is IPv4, the server's is IPv6 and shows the client as a mapped address. */
  @Test
  void dualStackAndV4Mapped() {
    peer.run(
        """
        listener = listen('::', 3001, family=AF_INET6, v6only=0)
        client = connect('127.0.0.1', 3001)
        server = accept(listener)
        """);

    assertThat(locals(TcpState.LISTEN)).containsExactly("[::]:3001");
    assertThat(locals(TcpState.ESTABLISHED)).contains("[::ffff:127.0.0.1]:3001");
    assertThat(remotes(TcpState.ESTABLISHED)).contains("127.0.0.1:3001");
  }

  @Test
  void timeWaitOfDualStack() {
    peer.run(
        """
        listener = listen('::', 3001, family=AF_INET6, v6only=0)
        client = connect('127.0.0.1', 3001)
        server = accept(listener)
        server.close()
        until(lambda: state(client) == "CLOSE_WAIT")
        client.close()
        """);

    assertThat(locals(TcpState.TIME_WAIT)).containsExactly("[::ffff:127.0.0.1]:3001");
  }

  @Test
  void v6OnlyBesideIpv4OnOnePort() {
    peer.run(
        """
        six = listen('::', 3001, family=AF_INET6, v6only=1)
        four = listen('0.0.0.0', 3001)
        """);

    assertThat(locals(TcpState.LISTEN)).containsExactlyInAnyOrder("[::]:3001", "0.0.0.0:3001");
    assertThat(Agreement.in(namespace))
        .filteredOn(socket -> socket.row().v6Only())
        .extracting(socket -> socket.row().local())
        .containsExactly("[::]:3001");
  }

  @Test
  void longestIpv6Addresses() {
    namespace.address("fd12:3456:789a:bcde:f012:3456:789a:bcde/128");
    namespace.address("fd00:0:0:1::/128");
    peer.run(
        """
        full = listen('fd12:3456:789a:bcde:f012:3456:789a:bcde', 3001, family=AF_INET6)
        gaps = listen('fd00:0:0:1::', 3001, family=AF_INET6)
        ends = pair(full), pair(gaps)
        """);

    assertThat(locals(TcpState.LISTEN))
        .containsExactlyInAnyOrder(
            "[fd12:3456:789a:bcde:f012:3456:789a:bcde]:3001", "[fd00:0:0:1::]:3001");
  }

  @Test
  void interfaceAndMark() {
    peer.run(
        """
        listener = listen('127.0.0.1', 3001, device='lo', mark=0xfedcba98)
        wide = listen('::', 3002, family=AF_INET6, device='lo')
        client, server = pair(listener)
        """);

    List<Row> listeners = rows(TcpState.LISTEN);
    assertThat(listeners).extracting(Row::device).containsExactly("lo", "lo");
    assertThat(listeners).extracting(Row::mark).containsExactlyInAnyOrder(0xfedcba98L, 0L);
  }

  private List<String> locals(TcpState state) {
    return rows(state).stream().map(Row::local).toList();
  }

  private List<String> remotes(TcpState state) {
    return rows(state).stream().map(Row::remote).toList();
  }

  private List<Row> rows(TcpState state) {
    return Agreement.in(namespace, state).stream().map(SeenSocket::row).toList();
  }
}
