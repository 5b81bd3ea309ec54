// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.OsProcess;
import io.tcptable.health.HealthProbe;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import servers.Children;
import servers.FreePorts;
import servers.ScriptedServer;

class PortWaitTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final Duration SHORT = Duration.ofMillis(200);

  @RegisterExtension final Children children = new Children();

  private final int port = FreePorts.next();

  @Test
  void waitsUntilSomebodyListens() throws Exception {
    assertThat(PortWait.untilListening(port).timeout(SHORT).run().isMet()).isFalse();

    children.launch(Children.server(port, "--listen-after=0.3"));
    PortWait.Result result = PortWait.untilListening(port).timeout(LONG).run();

    assertThat(result.isMet()).isTrue();
    assertThat(result.duration()).isBetween(SHORT, LONG);
    assertThat(result.detail()).matches("python3.*\\([0-9]+\\) listens on port " + port);
    assertThat(result.listening()).hasSize(1);
  }

  @Test
  void waitsUntilItIsFree() throws Exception {
    try (ServerSocket listener = new ServerSocket(port, 1, LOOPBACK)) {
      PortWait.Result result = PortWait.untilFree(port).timeout(SHORT).run();

      assertThat(listener.isBound()).isTrue();
      assertThat(result.isMet()).isFalse();
      OsProcess self = OsProcess.of(ProcessHandle.current().pid()).orElseThrow();
      assertThat(result.detail()).isEqualTo(self + " listens on port " + port);
      assertThat(result.listening()).containsExactly(self);
      assertThat(result.duration()).isGreaterThanOrEqualTo(SHORT);
    }
    assertThat(PortWait.untilFree(port).timeout(LONG).run().isMet()).isTrue();
  }

  @Test
  void oneThatIsBoundWithoutListeningIsNotFree() throws Exception {
    try (SocketChannel bound = SocketChannel.open(StandardProtocolFamily.INET)) {
      bound.bind(new InetSocketAddress(LOOPBACK, port));

      PortWait.Result result = PortWait.untilFree(port).timeout(SHORT).run();

      assertThat(result.isMet()).isFalse();
      assertThat(result.detail()).contains("cannot be bound", "Address already in use");
    }
  }

  @Test
  void waitsUntilItIsHealthy() throws Exception {
    HealthProbe probe = HealthProbe.of(URI.create("http://127.0.0.1:" + port + "/health"));
    children.startServer(port, "--starting=1");

    assertThat(PortWait.untilHealthy(probe).timeout(Duration.ZERO).run().isMet()).isFalse();
    assertThat(PortWait.untilHealthy(probe).timeout(LONG).run().isMet()).isTrue();
  }

  /** A child that serves for a moment, and the next one. */
  @Test
  void aServerThatEndsAgainAndAgainIsNotHealthy() throws Exception {
    String loop =
        """
        import os, signal, socket, sys, time
        end = time.time() + 30
        while time.time() < end:
          if os.fork() == 0:
            signal.setitimer(signal.ITIMER_REAL, 0.4)
            s = socket.socket()
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.bind(('127.0.0.1', int(sys.argv[1])))
            s.listen(9)
            print('ready', flush=True)
            while True:
              c = s.accept()[0]
              c.recv(9999)
              c.sendall(b'HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n')
              c.close()
          os.wait()
        """;
    children.start(Children.python(), "-c", loop, "" + port);
    HealthProbe probe = HealthProbe.of(URI.create("http://127.0.0.1:" + port + "/"));

    Children.await("a healthy answer", () -> isHealthy(probe));
    PortWait.Result result = PortWait.untilHealthy(probe).timeout(Duration.ofMillis(2500)).run();
    assertThat(result.isMet()).as(result.detail()).isFalse();
  }

  private static boolean isHealthy(HealthProbe probe) {
    try {
      return probe.run().isHealthy();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The last probe has no time for an answer that takes so long. */
  @Test
  void whatTheServerAnsweredIsToldThoughTheLastProbeIsCutOff() throws Exception {
    try (ScriptedServer slow =
        ScriptedServer.start(
            connection -> {
              Thread.sleep(1500);
              ScriptedServer.answer(connection, "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
            })) {
      PortWait.Result result =
          PortWait.untilHealthy(HealthProbe.of(slow.url("/"))).timeout(Duration.ofSeconds(4)).run();

      assertThat(result.isMet()).isFalse();
      assertThat(result.detail()).contains("answered 503 Busy");
    }
  }

  @Test
  void canBeInterrupted() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> PortWait.untilListening(port).timeout(LONG).run())
        .isInstanceOf(InterruptedException.class);
  }
}
