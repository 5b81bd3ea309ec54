// SPDX-License-Identifier: Apache-2.0
package sample;

import io.tcptable.junit.FreePort;
import io.tcptable.junit.NoLeakedSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Tests of a server: the second one forgets to close it, and fails. */
@NoLeakedSockets
class SocketSample {

  @Test
  void closesItsServer(@FreePort int port) throws IOException {
    try (ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      Assertions.assertEquals(port, server.getLocalPort());
    }
  }

  @Test
  void forgetsItsServer(@FreePort int port) throws IOException {
    ServerSocket server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    Assertions.assertTrue(server.isBound());
  }
}
