// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tcptable.ListenAddress;
import io.tcptable.TcpQuery;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.health.HealthResult.Attempt;
import io.tcptable.health.HealthResult.Outcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import servers.FreePorts;
import servers.Loopback;
import servers.ScriptedServer;

@Timeout(30)
class HealthProbeTest {

  private static final String HEALTHY =
      "HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n{\"status\": \"healthy\"}";

  private static final Duration SHORT = Duration.ofMillis(400);

  /** Enough for an answer to begin, though the machine be busy. */
  private static final Duration ENOUGH = Duration.ofSeconds(3);

  private static final Duration LONG = Duration.ofSeconds(20);

  @Test
  void aHealthyServerIsHealthyWithAllTimings() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(HEALTHY)) {
      HealthResult result =
          HealthProbe.of(server.url("/health"))
              .expectStatus(200)
              .expectBody("healthy")
              .expectJson("{\"status\":\"healthy\"}")
              .run();

      assertThat(result.isHealthy()).as(result.detail()).isTrue();
      Attempt attempt = result.decisive().orElseThrow();
      assertThat(attempt.status()).hasValue(200);
      assertThat(attempt.body()).isEqualTo("{\"status\": \"healthy\"}");
      assertThat(attempt.localPort()).isPresent();
      assertThat(attempt.address()).hasToString("127.0.0.1:" + server.port());
      assertThat(attempt.connect().orElseThrow())
          .isPositive()
          .isLessThan(attempt.firstByte().orElseThrow());
      assertThat(attempt.firstByte().orElseThrow()).isLessThanOrEqualTo(attempt.total());
    }
  }

  @Test
  void whatIsSentIsARequestThatAnyServerTakes() throws Exception {
    StringBuilder request = new StringBuilder();
    try (ScriptedServer server =
        ScriptedServer.start(
            connection -> {
              byte[] bytes = new byte[4096];
              int count = connection.getInputStream().read(bytes);
              request.append(new String(bytes, 0, count, StandardCharsets.US_ASCII));
              connection.getOutputStream().write(HEALTHY.getBytes(StandardCharsets.US_ASCII));
            })) {
      assertThat(HealthProbe.of(server.url("/api/health%20check?deep=1")).run().isHealthy())
          .isTrue();
      assertThat(request.toString())
          .startsWith("GET /api/health%20check?deep=1 HTTP/1.1\r\n")
          .contains("\r\nHost: 127.0.0.1:" + server.port() + "\r\n")
          .contains("\r\nConnection: close\r\n")
          .endsWith("\r\n\r\n");
    }
  }

  @Test
  void aPathMayHaveLettersThatAreNotAscii() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(HealthProbeTest::echo)) {
      URI url = URI.create(server.url("/") + "zustand/ü?für=あ#x");
      assertThat(HealthProbe.of(url).run().detail())
          .contains("GET /zustand/%C3%BC?f%C3%BCr=%E3%81%82 HTTP/1.1 instead of");
    }
  }

  /** Answers with the first line of the request as its reason. */
  private static void echo(Socket connection) throws IOException {
    byte[] bytes = new byte[4096];
    int count = connection.getInputStream().read(bytes);
    String line =
        new String(bytes, 0, count, StandardCharsets.US_ASCII).lines().findFirst().orElseThrow();
    connection
        .getOutputStream()
        .write(("HTTP/1.1 500 " + line + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void nobodyThereIsRefused() throws Exception {
    HealthResult result = HealthProbe.of(URI.create("http://127.0.0.1:" + FreePorts.next())).run();

    assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(result.decisive().orElseThrow().connect()).isEmpty();
    assertThat(result.decisive().orElseThrow().localPort()).isEmpty();
  }

  @Test
  void aFullAcceptQueueIsAConnectTimeout() throws Exception {
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket listener = new ServerSocket(0, 1, Loopback.V4)) {
      // The queue takes one more than its limit of 1.
      for (int i = 0; i < 2; i++) {
        waiting.add(new Socket(listener.getInetAddress(), listener.getLocalPort()));
      }
      HealthResult result =
          HealthProbe.of(URI.create("http://127.0.0.1:" + listener.getLocalPort()))
              .deadline(SHORT)
              .run();
      assertThat(result.outcome()).isEqualTo(Outcome.CONNECT_TIMEOUT);
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  @Test
  void aSilentServerGivesNoResponse() throws Exception {
    try (ScriptedServer server = ScriptedServer.silent()) {
      HealthResult result = HealthProbe.of(server.url("/")).deadline(SHORT).run();

      assertThat(result.outcome()).isEqualTo(Outcome.NO_RESPONSE);
      Attempt attempt = result.decisive().orElseThrow();
      assertThat(attempt.connect()).isPresent();
      assertThat(attempt.firstByte()).isEmpty();
      assertThat(attempt.total()).isBetween(SHORT.dividedBy(2), SHORT.plusSeconds(5));
    }
  }

  @Test
  void anAnswerThatDoesNotEndIsSlow() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.start(
            connection -> {
              ScriptedServer.answer(connection, "HTTP/1.1 200 OK\r\nContent-Le");
              new CountDownLatch(1).await();
            })) {
      HealthResult result = HealthProbe.of(server.url("/")).deadline(ENOUGH).run();

      assertThat(result.outcome()).isEqualTo(Outcome.SLOW);
      assertThat(result.decisive().orElseThrow().firstByte()).isPresent();
    }
  }

  @Test
  void anAnswerThatComesLateIsSlow() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.start(
            connection -> {
              Thread.sleep(50);
              ScriptedServer.answer(connection, HEALTHY);
            })) {
      HealthResult result = HealthProbe.of(server.url("/")).slowAfter(Duration.ofMillis(40)).run();
      assertThat(result.outcome()).isEqualTo(Outcome.SLOW);
      assertThat(result.decisive().orElseThrow().status()).hasValue(200);
    }
  }

  @Test
  void theDeadlineHoldsAgainstAServerThatSendsByteByByte() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.start(
            connection -> {
              ScriptedServer.answer(connection, "HTTP/1.1 200 OK\r\nX: ");
              while (true) {
                connection.getOutputStream().write('x');
                Thread.sleep(20);
              }
            })) {
      HealthResult result = HealthProbe.of(server.url("/")).deadline(ENOUGH).run();
      assertThat(result.outcome()).isEqualTo(Outcome.SLOW);
      assertThat(result.decisive().orElseThrow().total()).isLessThan(ENOUGH.plusSeconds(5));
    }
  }

  @Test
  void closedWithoutAByteAndResetAreTold() throws Exception {
    try (ScriptedServer closing = ScriptedServer.start(ScriptedServer::readRequest);
        ScriptedServer resetting =
            ScriptedServer.start(connection -> connection.setSoLinger(true, 0))) {
      HealthResult result = HealthProbe.of(closing.url("/")).deadline(LONG).run();
      assertThat(result.outcome()).isEqualTo(Outcome.CLOSED);
      // Whether it speaks TLS is not waited for to the end of the time.
      assertThat(result.decisive().orElseThrow().total()).isLessThan(LONG.dividedBy(2));
      assertThat(HealthProbe.of(resetting.url("/")).run().outcome()).isEqualTo(Outcome.CLOSED);
    }
  }

  @Test
  void anUnknownHostIsUnreachable() throws Exception {
    HealthResult result = HealthProbe.of(URI.create("http://no-such-host.invalid/")).run();
    assertThat(result.outcome()).isEqualTo(Outcome.UNREACHABLE);
    assertThat(result.attempts()).isEmpty();
  }

  /** A lookup cannot be interrupted, and may take as long as all name servers together. */
  @Test
  void theDeadlineHoldsAgainstALookupThatHangs() throws Exception {
    HealthProbe probe =
        HealthProbe.of(URI.create("http://slow.example/"))
            .lookup(
                host -> {
                  LockSupport.park();
                  throw new AssertionError("the test has ended before");
                });

    HealthResult result = probe.deadline(SHORT).run();

    assertThat(result.outcome()).isEqualTo(Outcome.UNREACHABLE);
    assertThat(result.detail())
        .isEqualTo("the address of slow.example could not be found within 400ms");
    assertThat(result.attempts()).isEmpty();
  }

  /** The time that the lookup took is not there for the answer. */
  @Test
  void theLookupIsPartOfTheDeadline() throws Exception {
    Duration lookup = Duration.ofMillis(1500);
    try (ScriptedServer server = ScriptedServer.silent()) {
      HealthResult result =
          HealthProbe.of(URI.create("http://slow.example:" + server.port()))
              .lookup(
                  host -> {
                    LockSupport.parkNanos(lookup.toNanos());
                    return List.of(Loopback.V4);
                  })
              .deadline(Duration.ofMillis(2500))
              .run();

      assertThat(result.outcome()).isEqualTo(Outcome.NO_RESPONSE);
      assertThat(result.decisive().orElseThrow().total()).isLessThan(lookup);
    }
  }

  @Test
  void tcpAsksForNoMoreThanAConnection() throws Exception {
    try (ScriptedServer server = ScriptedServer.silent()) {
      URI url = URI.create("tcp://127.0.0.1:" + server.port());
      assertThat(HealthProbe.of(url).run().isHealthy()).isTrue();
    }
    URI url = URI.create("tcp://127.0.0.1:" + FreePorts.next());
    assertThat(HealthProbe.of(url).run().outcome()).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void aConnectionThatOnlyTheKernelHasAcceptedIsNoAnswer() throws Exception {
    try (ServerSocket server = new ServerSocket()) {
      server.bind(new InetSocketAddress(Loopback.V4, FreePorts.next()));
      URI url = URI.create("tcp://127.0.0.1:" + server.getLocalPort());
      HealthResult result = HealthProbe.of(url).deadline(SHORT).run();
      assertThat(result.outcome()).isEqualTo(Outcome.NO_RESPONSE);
      assertThat(result.detail())
          .isEqualTo("connected, but the application did not accept the connection within 400ms");
    }
  }

  @Test
  void aServerThatAcceptsWithinTheTimeIsHealthy() throws Exception {
    try (ServerSocket server = new ServerSocket()) {
      server.bind(new InetSocketAddress(Loopback.V4, FreePorts.next()));
      Thread late =
          new Thread(
              () -> {
                LockSupport.parkNanos(SHORT.toNanos() / 4);
                try (Socket accepted = server.accept()) {
                  assertThat(accepted.getInputStream().read()).isNegative();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      late.start();
      URI url = URI.create("tcp://127.0.0.1:" + server.getLocalPort());
      HealthResult result = HealthProbe.of(url).run();
      assertThat(result.outcome()).as(result.detail()).isEqualTo(Outcome.HEALTHY);
      late.join();
    }
  }

  @Test
  void leavesNoConnectionToAServerThatHangs() throws Exception {
    List<Socket> kept = new ArrayList<>();
    try (ScriptedServer server =
        ScriptedServer.start(
            connection -> {
              kept.add(connection);
              LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
            })) {
      HealthResult result = HealthProbe.of(server.url("/")).deadline(Duration.ofMillis(1200)).run();
      assertThat(result.outcome()).isEqualTo(Outcome.NO_RESPONSE);
      assertThat(
              TcpTable.snapshot(
                  TcpQuery.all().localPort(server.port()).states(TcpState.CLOSE_WAIT)))
          .isEmpty();
      assertThat(kept).hasSize(1);
    }
  }

  @Test
  void localhostIsAskedAtBothItsAddresses() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.start(
            Loopback.V6, connection -> ScriptedServer.answer(connection, HEALTHY))) {
      HealthResult result = HealthProbe.of(server.port()).run();

      assertThat(result.isHealthy()).as(result.detail()).isTrue();
      assertThat(result.attempts())
          .extracting(attempt -> attempt.address().host(), Attempt::outcome)
          .containsExactly(tuple("127.0.0.1", Outcome.REFUSED), tuple("::1", Outcome.HEALTHY));
    }
  }

  @Test
  void ofSeveralServersTheWorstCounts() throws Exception {
    try (ScriptedServer good = ScriptedServer.answering(HEALTHY);
        ServerSocket silent = new ServerSocket()) {
      silent.bind(new InetSocketAddress(Loopback.V6, good.port()));
      HealthResult result = HealthProbe.of(good.port()).deadline(SHORT).run();
      assertThat(result.outcome()).isEqualTo(Outcome.NO_RESPONSE);
    }
  }

  @Test
  void anIpv6AddressMayBeNamed() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.start(
            Loopback.V6, connection -> ScriptedServer.answer(connection, HEALTHY))) {
      URI url = URI.create("http://[::1]:" + server.port() + "/");
      assertThat(HealthProbe.of(url).run().isHealthy()).isTrue();
    }
  }

  @Test
  void anInterruptEndsTheProbeAtOnce() throws Exception {
    try (ScriptedServer server = ScriptedServer.silent()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(HealthProbe.of(server.url("/")).deadline(Duration.ofHours(1))::run)
          .isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://localhost/", "localhost:3001", "http:///health", "tcp://localhost"})
  void whatCannotBeAskedIsAnError(String url) {
    assertThatThrownBy(() -> HealthProbe.of(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(url);
  }

  @Test
  void anExpectationThatIsNoJsonIsAnError() {
    assertThatThrownBy(() -> HealthProbe.of(80).expectJson("{status: healthy}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'{status: healthy}' is not JSON: unexpected 's' at character 1");
    assertThatThrownBy(() -> HealthProbe.of(80).expectJson("{"))
        .hasMessage("'{' is not JSON: unexpected end at character 1");
  }

  @Test
  void oneWithoutAUrlIsAskedAtAnAddress() {
    HealthProbe probe = HealthProbe.of(3001);
    assertThat(probe.at(ListenAddress.parse("127.0.0.53:3001")).url())
        .hasToString("http://127.0.0.53:3001/health");
    assertThat(probe.at(ListenAddress.parse("0.0.0.0:3001")).url())
        .hasToString("http://127.0.0.1:3001/health");
    assertThat(probe.at(ListenAddress.parse("[::]:3001")).url())
        .hasToString("http://[::1]:3001/health");
    HealthProbe named = HealthProbe.of(URI.create("http://localhost:3001/ready"));
    assertThat(named.at(ListenAddress.parse("127.0.0.53:3001"))).isSameAs(named);
  }
}
