// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.linux.LinuxAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** What {@code /proc/net/tcp} has no column for is empty, not 0. */
class PlainJavaIT {

  @Test
  void doesNotMakeUpWhatTheFileDoesNotTell() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 7, InetAddress.getLoopbackAddress())) {
      TcpQuery query = TcpQuery.all().localPort(listener.getLocalPort()).withDetail();

      assertThat(
              Platforms.reading(LinuxAccess.open("java"), () -> TcpTable.snapshot(query))
                  .listeners())
          .singleElement()
          .satisfies(this::tellsNothingButTheFile);
    }
  }

  private void tellsNothingButTheFile(TcpSocket socket) {
    assertThat(socket.receiveQueue()).hasValue(0);
    assertThat(socket.sendQueue()).as("limit of the accept queue").isEmpty();
    assertThat(socket.cookie()).isEmpty();
    assertThat(socket.interfaceIndex()).isEmpty();
    assertThat(socket.mark()).isEmpty();
    assertThat(socket.detail()).isEmpty();
    assertThat(socket.inode().orElse(0)).isPositive();
    assertThat(socket.uid()).isPresent();
    assertThat(socket.owners())
        .extracting(owner -> owner.pid())
        .containsExactly(ProcessHandle.current().pid());
  }
}
