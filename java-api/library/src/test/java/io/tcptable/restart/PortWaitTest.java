// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.OsProcess;
import io.tcptable.health.HealthProbe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import servers.Children;
import servers.FreePorts;

class PortWaitTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final Duration SHORT = Duration.ofMillis(200);

  @RegisterExtension final Children children = new Children();

  private int port;

  @BeforeEach
  void choosePort() throws IOException {
    port = FreePorts.next();
  }

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
    children.startServer(port, "--slow=1");

    assertThat(PortWait.untilHealthy(probe).timeout(Duration.ZERO).run().isMet()).isFalse();
    assertThat(PortWait.untilHealthy(probe).timeout(LONG).run().isMet()).isTrue();
  }

  @Test
  void canBeInterrupted() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> PortWait.untilListening(port).timeout(LONG).run())
        .isInstanceOf(InterruptedException.class);
  }
}
