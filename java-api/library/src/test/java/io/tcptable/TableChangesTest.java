// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.linux.LinuxAccess;
import io.tcptable.internal.platform.SystemAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real sockets that come, go and change from one table to the next. */
class TableChangesTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @ParameterizedTest
  @ValueSource(strings = {"jni,ffm,java", "java"})
  void tellsWhatHappened(String binding) throws IOException {
    SystemAccess access = LinuxAccess.open(binding);
    try (ServerSocket server = new ServerSocket(0, 8, LOOPBACK)) {
      int port = server.getLocalPort();
      TcpTable start = table(port, access);
      Socket client = new Socket(LOOPBACK, port);
      Socket accepted = server.accept();
      TcpTable connected = table(port, access);
      client.getOutputStream().write(new byte[1000]);
      TcpTable written = table(port, access);
      client.close();
      TcpTable closed = table(port, access);

      TableChanges first = connected.changesSince(start);
      assertThat(first.opened())
          .hasSize(1)
          .allMatch(it -> it.remotePort() == client.getLocalPort());
      assertThat(first.closed()).isEmpty();
      assertThat(connected.changesSince(connected).isEmpty()).isTrue();

      TableChanges second = written.changesSince(connected);
      assertThat(second.opened()).isEmpty();
      assertThat(second.queueChanged()).hasSize(1);
      TableChanges.Change queue = second.queueChanged().get(0);
      assertThat(queue.before().receiveQueue()).hasValue(0);
      assertThat(queue.after().receiveQueue()).hasValue(1000);
      assertThat(queue.after()).isEqualTo(queue.before());

      TableChanges third = closed.changesSince(written);
      assertThat(third.stateChanged())
          .hasSize(1)
          .allMatch(it -> it.before().state() == TcpState.ESTABLISHED)
          .allMatch(it -> it.after().state() == TcpState.CLOSE_WAIT);
      assertThat(third.ownersChanged()).isEmpty();
      assertThat(third.isCertain()).isTrue();
      assertThat(third)
          .hasToString(
              "0 opened, 0 closed, 1 in another state, 0 with other owners, 1 with other queues");
      // Closed with bytes unread: it is reset, and nothing is left.
      accepted.close();
      assertThat(table(port, access).changesSince(closed).closed()).hasSize(1);
    }
  }

  private static TcpTable table(int port, SystemAccess access) {
    return Platforms.reading(access, () -> TcpTable.snapshot(TcpQuery.all().localPort(port)));
  }

  @Test
  void tablesOfOtherSocketsAreNotCompared() {
    TcpTable one = TcpTable.snapshot(TcpQuery.all().localPort(3001).withoutOwners());
    TcpTable other = TcpTable.snapshot(TcpQuery.all().localPort(3002));

    assertThatThrownBy(() -> other.changesSince(one))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "tables of other sockets: TcpQuery[localPorts=[3001], detail=false, owners=false], then"
                + " TcpQuery[localPorts=[3002], detail=false, owners=true]");
    assertThat(one.changesSince(TcpTable.snapshot(3001)).ownersChanged()).isEmpty();
  }
}
