// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.health.HealthProbe;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import servers.Children;
import servers.FreePorts;
import servers.Loopback;

/** Of real connections of this process. */
@Timeout(30)
@EnabledOnOs(value = OS.LINUX, disabledReason = "the ages of data are Linux's")
class OutgoingWaitTest {

  private static final long ME = ProcessHandle.current().pid();

  /** Has asked another server, and answers nobody. */
  private static final String WAITING =
      """
      import signal, socket, sys
      other = socket.create_connection(("127.0.0.1", int(sys.argv[2])))
      other.sendall(b"?")
      listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
      print("ready", flush=True)
      signal.pause()
      """;

  @RegisterExtension final Children children = new Children();

  /** The health check began longer ago than any of these connections is there. */
  private static final Duration BEGAN = Duration.ofMinutes(1);

  private static Optional<OutgoingWait> waitFor(int port) {
    return waitFor(port, BEGAN, Duration.ZERO);
  }

  private static Optional<OutgoingWait> waitFor(int port, Duration began, Duration ended) {
    return OutgoingWait.of(Set.of(ME), began, ended).filter(wait -> wait.to().port() == port);
  }

  @Test
  void isSeenAlsoIfTheHealthCheckHasGivenUpBeforeTheSecondLook() throws Exception {
    int port = FreePorts.next();
    try (ServerSocket other = new ServerSocket(FreePorts.next(), 1, Loopback.V4)) {
      children.start(Children.python(), "-c", WAITING, "" + port, "" + other.getLocalPort());
      PortDiagnosis diagnosis =
          PortDiagnosis.request(port)
              .health(HealthProbe.of(port).deadline(Duration.ofMillis(200)))
              .run();
      assertThat(diagnosis.findings())
          .filteredOn(it -> it.code() == FindingCode.WAITS_FOR_SERVER)
          .singleElement()
          .extracting(it -> it.evidence().get("to"))
          .isEqualTo("127.0.0.1:" + other.getLocalPort());
    }
  }

  @Test
  void isARequestThatIsNotAnswered() throws Exception {
    try (ServerSocket server = new ServerSocket()) {
      server.bind(new InetSocketAddress(Loopback.V4, FreePorts.next()));
      int port = server.getLocalPort();
      try (Socket client = new Socket(Loopback.V4, port)) {
        client.getOutputStream().write(1);
        LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        OutgoingWait wait = waitFor(port).orElseThrow();
        assertThat(wait.to()).hasToString("127.0.0.1:" + port);
        assertThat(wait.pids()).containsExactly(ME);
        assertThat(wait.connections()).isEqualTo(1);
        assertThat(wait.isNew()).isTrue();
        assertThat(waitFor(port, Duration.ZERO, Duration.ZERO).orElseThrow().isNew())
            .as("sent before the health check")
            .isFalse();
        assertThat(waitFor(port, BEGAN, BEGAN).orElseThrow().isNew())
            .as("sent after the health check")
            .isFalse();
        assertThat(wait.isAccepted()).isFalse();
        assertThat(wait.place().isHere()).isTrue();
        assertThat(UpstreamLook.of(wait).first().orElseThrow().table().owners())
            .extracting(owner -> owner.pid())
            .containsExactly(ME);
        try (Socket accepted = server.accept()) {
          assertThat(waitFor(port).orElseThrow().isAccepted()).isTrue();
          accepted.getOutputStream().write(1);
          assertThat(client.getInputStream().read()).isEqualTo(1);
          LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
          assertThat(waitFor(port)).as("answered").isEmpty();
        }
      }
    }
  }
}
