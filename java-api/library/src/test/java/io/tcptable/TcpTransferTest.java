// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.linux.LinuxAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the running kernel tells of a connection that has transferred a known number of bytes. */
class TcpTransferTest {

  private static final int SENT = 12_345;

  @Test
  void countsWhatWasTransferred() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept()) {
      client.getOutputStream().write(new byte[SENT]);
      assertThat(accepted.getInputStream().readNBytes(SENT)).hasSize(SENT);
      TcpQuery query = TcpQuery.all().withoutOwners().withTransferDetail();

      TcpTransfer receiver = transfer(query.localPort(server.getLocalPort()), client);
      TcpTransfer sender = transfer(query.localPort(client.getLocalPort()), accepted);

      assertThat(receiver.bytesReceived()).hasValue(SENT);
      assertThat(receiver.bytesSent()).hasValue(0);
      assertThat(sender.bytesReceived()).hasValue(0);
      // Not all of it need be acknowledged, and some may have been sent again.
      assertThat(sender.bytesSent().orElseThrow() - sender.bytesRetransmitted().orElseThrow())
          .isEqualTo(SENT);
      assertThat(sender.bytesAcknowledged().orElseThrow()).isBetween(1L, SENT + 2L);
      assertThat(sender.congestionWindow()).isPositive();
      assertThat(sender.busy().orElseThrow()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
      assertThat(sender.lastAcknowledged()).isLessThan(Duration.ofMinutes(1));
      assertThat(receiver)
          .hasToString(receiver.toJson())
          .asString()
          .startsWith("{\"bytesSent\":0,\"bytesReceived\":" + SENT + ",");
    }
  }

  private static TcpTransfer transfer(TcpQuery query, Socket peer) {
    TcpTable table = TcpTable.snapshot(query);
    TcpSocket socket =
        table.stream()
            .filter(it -> it.remotePort() == peer.getLocalPort())
            .findFirst()
            .orElseThrow();
    assertThat(table.toJson()).contains("\"transfer\":{");
    return socket.detail().orElseThrow().transfer().orElseThrow();
  }

  @Test
  void isToldIfAskedForAlone() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
      // By both ports: another connection, or one that has ended, may have this local port too.
      TcpQuery query =
          TcpQuery.all()
              .localPort(client.getLocalPort())
              .remotePort(server.getLocalPort())
              .withoutOwners();

      assertThat(TcpTable.snapshot(query.withDetail()).get(0).detail().orElseThrow().transfer())
          .isEmpty();
      assertThat(
              Platforms.reading(
                  LinuxAccess.open("java"),
                  () -> TcpTable.snapshot(query.withTransferDetail()).get(0).detail()))
          .isEmpty();
    }
  }
}
