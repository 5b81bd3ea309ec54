// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

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
import servers.FreePorts;
import servers.Loopback;

/** Of real connections of this process. */
@Timeout(30)
@EnabledOnOs(value = OS.LINUX, disabledReason = "the ages of data are Linux's")
class OutgoingWaitTest {

  private static final long ME = ProcessHandle.current().pid();

  private static Optional<OutgoingWait> waitFor(int port) {
    return OutgoingWait.of(Set.of(ME), Duration.ofSeconds(5))
        .filter(wait -> wait.to().port() == port);
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
