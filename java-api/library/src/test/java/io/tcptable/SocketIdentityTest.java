// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.linux.LinuxAccess;
import io.tcptable.internal.platform.SystemAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the kernel's cookies, and without: {@code /proc/net/tcp} has inodes only. */
class SocketIdentityTest {

  private static TcpTable table(int port, SystemAccess access) {
    return Platforms.reading(access, () -> TcpTable.snapshot(TcpQuery.all().localPort(port)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jni,ffm,java", "java"})
  @SuppressWarnings("try") // It only has to be open.
  void isTheSameInEachTableAndNeverThatOfAnother(String binding) throws IOException {
    SystemAccess access = LinuxAccess.open(binding);
    InetAddress loopback = InetAddress.getLoopbackAddress();
    int port;
    TcpSocket first;
    try (ServerSocket server = new ServerSocket(0, 8, loopback);
        Socket client = new Socket(loopback, server.getLocalPort());
        Socket accepted = server.accept()) {
      port = server.getLocalPort();
      TcpTable table = table(port, access);
      TcpTable later = table(port, access);
      assertThat(table.size()).isEqualTo(2);
      for (TcpSocket socket : table) {
        assertThat(later.stream().filter(socket::isSameAs)).hasSize(1);
        assertThat(table.stream().filter(socket::isSameAs)).hasSize(1);
        assertThat(later.stream())
            .filteredOn(socket::equals)
            .hasSize(1)
            .allMatch(it -> it.hashCode() == socket.hashCode());
        assertThat(socket.key().isUnique()).isEqualTo(!binding.equals("java"));
        assertThat(socket.key().kind())
            .isEqualTo(binding.equals("java") ? SocketKey.Kind.INODE : SocketKey.Kind.COOKIE);
      }
      first = table.listeners().get(0);
      assertThat(new HashSet<>(Stream.concat(table.stream(), later.stream()).toList())).hasSize(2);
      client.setSoLinger(true, 0);
    }
    ServerSocket again = new ServerSocket();
    try (again) {
      again.setReuseAddress(true);
      again.bind(new InetSocketAddress(loopback, port));
      assertThat(table(port, access).listeners())
          .hasSize(1)
          .noneMatch(first::isSameAs)
          .allMatch(second -> second.local().equals(first.local()));
    }
  }

  /** Both ends are all that Windows tells of one in TIME_WAIT; of others, when they were made. */
  @Test
  void aKeySaysWhatItIsSureOf() {
    SocketKey key = FakeTables.inState(11).get(0).key();

    assertThat(key.kind()).isEqualTo(SocketKey.Kind.ENDS);
    assertThat(key.isUnique()).isFalse();
    assertThat(key).hasToString("127.0.0.1:3001 127.0.0.1:0");
    assertThat(SocketKey.ofCookie(7)).hasToString("cookie 7").isNotEqualTo(key);
  }

  /** Before Linux 5.4 each network namespace counted its own cookies. */
  @Test
  void aSocketOfAnotherNamespaceIsAnother() {
    SocketKey there = SocketKey.ofCookie(7).in(4026532178L);

    assertThat(there)
        .isNotEqualTo(SocketKey.ofCookie(7))
        .isNotEqualTo(SocketKey.ofCookie(7).in(4026532179L))
        .isEqualTo(SocketKey.ofCookie(7).in(4026532178L))
        .hasToString("cookie 7 namespace 4026532178");
  }
}
