// SPDX-License-Identifier: Apache-2.0
package io.tcptable.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Classes of tests that the tests of the extension run. */
final class Subjects {

  private static final List<Closeable> LEFT = new ArrayList<>();

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private Subjects() {}

  private static <T extends Closeable> T left(T open) {
    LEFT.add(open);
    return open;
  }

  /** Closes what subjects have left open. */
  static void closeAll() throws IOException {
    for (Closeable open : LEFT) {
      open.close();
    }
    LEFT.clear();
  }

  @NoLeakedSockets
  static class Clean {

    private final List<ServerSocket> opened = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
      for (ServerSocket socket : opened) {
        socket.close();
      }
    }

    @Test
    void closedAfterEach() throws IOException {
      opened.add(new ServerSocket(0, 1, LOOPBACK));
    }

    @Test
    void closedByAThreadALittleLater() throws IOException {
      ServerSocket socket = new ServerSocket(0, 1, LOOPBACK);
      Thread closing =
          new Thread(
              () -> {
                try (socket) {
                  Thread.sleep(200);
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      closing.start();
    }

    @Test
    void nothingOpen() {}
  }

  @NoLeakedSockets(graceMillis = 100)
  static class Leaking {

    @Test
    void listener() throws IOException {
      ServerSocket socket = left(new ServerSocket(0, 1, LOOPBACK));
      Thread acceptor =
          new Thread(
              () -> {
                try {
                  left(socket.accept());
                } catch (IOException e) {
                  // Closed in the end.
                }
              },
              "forgotten-acceptor");
      acceptor.setDaemon(true);
      acceptor.start();
    }

    @Test
    void bound() throws IOException {
      left(SocketChannel.open()).bind(new InetSocketAddress(LOOPBACK, 0));
    }

    @Test
    void established() throws IOException {
      try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
        left(new Socket(LOOPBACK, server.getLocalPort()));
        left(server.accept());
      }
    }

    @Test
    void closeWait() throws IOException {
      try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
          Socket client = new Socket(LOOPBACK, server.getLocalPort())) {
        assertThat(left(server.accept()).isConnected() && client.isConnected()).isTrue();
      }
    }
  }

  @NoLeakedSockets(graceMillis = 100)
  static class LeakingOnce {

    @BeforeAll
    static void open() throws IOException {
      left(new ServerSocket(0, 1, LOOPBACK));
    }

    @Test
    void innocent() {}
  }

  static class Ports {

    static final List<Integer> GIVEN = new ArrayList<>();

    @Test
    void two(@FreePort int one, @FreePort Integer other) throws IOException {
      GIVEN.addAll(List.of(one, other));
      new ServerSocket(one).close();
      new ServerSocket(other).close();
    }
  }

  static class WrongParameter {

    @Test
    void text(@FreePort String port) {
      throw new AssertionError(port);
    }
  }
}
