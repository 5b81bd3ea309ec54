// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Endpoint;
import io.tcptable.TcpTable;
import io.tcptable.health.HealthResult;
import io.tcptable.health.HealthResult.Outcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import servers.FreePorts;
import servers.Loopback;

class FailedConnectTest {

  private static final int PORT = SceneSocket.PORT;
  private static final Endpoint BACKEND = Endpoint.of(Loopback.V4, 4000);
  private static final Endpoint ANOTHER = Endpoint.of(Loopback.V4, 4001);

  private static Optional<FailedConnect> of(Map<Endpoint, Integer> failed, Outcome... outcomes) {
    Scene scene = new Scene();
    for (Outcome outcome : outcomes) {
      scene.health(outcome);
    }
    HealthResult health = scene.evidence().health();
    return FailedConnect.of(failed, PORT, health);
  }

  @Test
  void theOnlyOneIsTold() {
    FailedConnect failed = of(Map.of(BACKEND, 3), Outcome.CLOSED).orElseThrow();
    assertThat(failed.to()).isEqualTo(BACKEND);
    assertThat(failed.attempts()).isEqualTo(3);
    assertThat(failed.place().isHere()).isTrue();
    assertThat(failed.target()).isEqualTo("127.0.0.1:4000");
  }

  @Test
  void ofSeveralNoneIsKnownToBeOfTheServer() {
    assertThat(of(Map.of(BACKEND, 3, ANOTHER, 1), Outcome.CLOSED)).isEmpty();
  }

  @Test
  void aServerThatAnswersNeedsNoOther() {
    assertThat(of(Map.of(BACKEND, 3), Outcome.HEALTHY)).isEmpty();
    assertThat(of(Map.of(BACKEND, 3), Outcome.REFUSED)).isEmpty();
  }

  /** Who waits for seconds sees attempts of others. */
  @Test
  void aServerThatDoesNotAnswerMayHaveMadeNone() {
    assertThat(of(Map.of(BACKEND, 3), Outcome.NO_RESPONSE)).isEmpty();
    assertThat(of(Map.of(BACKEND, 3), Outcome.CONNECT_TIMEOUT)).isEmpty();
  }

  /** localhost has two addresses, and servers that listen at one of them only. */
  @Test
  void theHealthCheckItselfDoesNotCount() {
    assertThat(of(Map.of(Endpoint.of(Loopback.V4, PORT), 1), Outcome.CLOSED)).isEmpty();
    assertThat(of(Map.of(Endpoint.of(Loopback.V4, 0), 1), Outcome.CLOSED, Outcome.REFUSED))
        .isEmpty();
    assertThat(of(Map.of(Endpoint.of(Loopback.V4, 0), 1), Outcome.CLOSED)).isPresent();
  }

  /** By a real connection of this process. */
  @Test
  @Timeout(30)
  @EnabledOnOs(value = OS.LINUX, disabledReason = "only the kernel of Linux tells it")
  void theKernelTellsOfThem() throws IOException {
    int nobody = FreePorts.next();
    try (FailedAttempts attempts = FailedAttempts.open()) {
      try (SocketChannel channel = SocketChannel.open()) {
        channel.connect(new InetSocketAddress(Loopback.V4, nobody));
        throw new AssertionError("connected to " + nobody);
      } catch (IOException e) {
        // As it is to be.
      }
      // The kernel tells it in a thread of its own.
      Map<Endpoint, Integer> failed = Map.of();
      while (failed.keySet().stream().noneMatch(it -> it.address().equals(Loopback.V4))) {
        failed = attempts.read(TcpTable.readPortPolicy());
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(failed).isNotEmpty();
    }
  }
}
