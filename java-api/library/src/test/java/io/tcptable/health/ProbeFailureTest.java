// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Endpoint;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.internal.platform.SystemErrors;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import servers.Loopback;
import servers.ScriptedServer;

/** What a failure is told by: its type and its time, and its text only as this system words it. */
class ProbeFailureTest {

  private static final Endpoint ASKED = Endpoint.of(Loopback.V4, 80);

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new ConnectException("Connection refused"), Outcome.REFUSED),
        Arguments.of(new ConnectException("Verbindungsaufbau abgelehnt"), Outcome.REFUSED),
        Arguments.of(new BindException(SystemErrors.addressNotAvailable()), Outcome.NO_LOCAL_PORT),
        Arguments.of(new BindException(SystemErrors.portInUse()), Outcome.NO_LOCAL_PORT),
        Arguments.of(new BindException("Permission denied"), Outcome.UNREACHABLE),
        Arguments.of(new BindException("Keine Berechtigung"), Outcome.UNREACHABLE),
        Arguments.of(new NoRouteToHostException("No route to host"), Outcome.UNREACHABLE),
        Arguments.of(new SocketException("Network is unreachable"), Outcome.UNREACHABLE),
        Arguments.of(new SocketException("the reset of the network"), Outcome.UNREACHABLE),
        Arguments.of(new SocketException((String) null), Outcome.UNREACHABLE),
        Arguments.of(new SocketException(SystemErrors.reset()), Outcome.CLOSED));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void toConnect(IOException e, Outcome outcome) {
    ProbeClock clock = ProbeClock.start(Duration.ofMinutes(5));

    assertThat(ProbeFailure.unconnected(e, ASKED, clock).outcome()).isEqualTo(outcome);
  }

  /** In the first second it can only be a refusal; later, the system may have given up. */
  @Test
  void toConnectAfterLongMayBeATimeoutOfTheSystem() {
    ProbeClock clock = ProbeClock.start(Duration.ofMinutes(5));
    LockSupport.parkNanos(Duration.ofMillis(1100).toNanos());
    IOException givenUp = new ConnectException("Connection timed out");
    IOException refused = new ConnectException(SystemErrors.refused());

    assertThat(ProbeFailure.unconnected(givenUp, ASKED, clock).outcome())
        .isEqualTo(Outcome.CONNECT_TIMEOUT);
    assertThat(ProbeFailure.unconnected(givenUp, ASKED, clock).detail())
        .matches("connect failed after 1\\.\\d+s: Connection timed out");
    assertThat(ProbeFailure.unconnected(refused, ASKED, clock).outcome())
        .isEqualTo(Outcome.REFUSED);
  }

  /** Another address would be asked, from a port that no table of sockets shows. */
  @Test
  void ofAProxyOfThisJvmIsNone() throws Exception {
    ProxySelector before = ProxySelector.getDefault();
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            throw new AssertionError("a proxy for " + uri);
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException e) {}
        });
    try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 200 OK\r\n\r\n")) {
      assertThat(HealthProbe.of(server.url("/")).run().isHealthy()).isTrue();
    } finally {
      ProxySelector.setDefault(before);
    }
  }
}
