// SPDX-License-Identifier: Apache-2.0
package io.tcptable.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests that need a server at a port, which is a constant. */
final class ListeningSubjects {

  private static final int PORT = 9_871;

  private ListeningSubjects() {}

  @ExpectListening(PORT)
  @NoLeakedSockets(graceMillis = 100)
  static class Served {

    private static final CompletableFuture<ServerSocket> SERVER = new CompletableFuture<>();

    @BeforeAll
    static void startLater() {
      new Thread(Served::listen, "late-server").start();
    }

    private static void listen() {
      try {
        Thread.sleep(200);
        SERVER.complete(new ServerSocket(PORT, 1, InetAddress.getLoopbackAddress()));
      } catch (IOException | InterruptedException e) {
        SERVER.completeExceptionally(e);
      }
    }

    @AfterAll
    static void close() throws IOException {
      SERVER.join().close();
    }

    @Test
    void finds() throws IOException {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), PORT);
          Socket accepted = SERVER.join().accept()) {
        assertThat(socket.isConnected() && accepted.isConnected()).isTrue();
      }
    }
  }

  @ExpectListening(value = 1, timeoutMillis = 100)
  static class Unserved {

    @Test
    void neverRuns() {
      throw new AssertionError("runs");
    }
  }
}
