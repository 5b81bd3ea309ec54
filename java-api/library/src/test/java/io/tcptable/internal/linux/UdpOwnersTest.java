// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import servers.Loopback;

@EnabledOnOs(OS.LINUX)
class UdpOwnersTest {

  private static final Path PROC = Path.of("/proc");

  @Test
  void namesWhoIsBoundToThePort() throws Exception {
    int port;
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(Loopback.V4, 0))) {
      port = socket.getLocalPort();
      assertThat(UdpOwners.of(PROC, port).orElseThrow())
          .containsExactly((int) ProcessHandle.current().pid());
    }
    assertThat(UdpOwners.of(PROC, port)).isEmpty();
  }
}
