package io.tcptable.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tcptable.diagnose.HealthResult.Attempt;
import io.tcptable.diagnose.HealthResult.Outcome;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HealthProbeTest {

  private static final String HEALTHY =
      "HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n{\"status\": \"healthy\"}";

  private static final Duration SHORT = Duration.ofMillis(400);

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
      HealthProbe.of(server.url("/api/health%20check?deep=1")).run();
      assertThat(request.toString())
          .startsWith("GET /api/health%20check?deep=1 HTTP/1.1\r\n")
          .contains("\r\nHost: 127.0.0.1:" + server.port() + "\r\n")
          .contains("\r\nConnection: close\r\n")
          .endsWith("\r\n\r\n");
    }
  }

  @Test
  void nobodyThereIsRefused() throws Exception {
    HealthResult result = HealthProbe.of(URI.create("http://127.0.0.1:" + freePort())).run();

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
      assertThat(attempt.total()).isBetween(SHORT, SHORT.plusSeconds(5));
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
      HealthResult result = HealthProbe.of(server.url("/")).deadline(SHORT).run();

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
      HealthResult result = HealthProbe.of(server.url("/")).deadline(SHORT).run();
      assertThat(result.outcome()).isEqualTo(Outcome.SLOW);
      assertThat(result.decisive().orElseThrow().total()).isLessThan(SHORT.plusSeconds(5));
    }
  }

  @Test
  void anotherStatusIsWrong() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.answering("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")) {
      HealthResult result = HealthProbe.of(server.url("/")).run();

      assertThat(result.outcome()).isEqualTo(Outcome.WRONG_STATUS);
      assertThat(result.detail()).contains("503 Service Unavailable").contains("200 to 299");
      assertThat(HealthProbe.of(server.url("/")).expectStatus(503).run().isHealthy()).isTrue();
      assertThat(HealthProbe.of(server.url("/")).expectStatus(200).run().isHealthy()).isFalse();
    }
  }

  @Test
  void aRedirectIsAnAnswerAndIsNotFollowed() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.answering(
            "HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/\r\nContent-Length: 0\r\n\r\n")) {
      assertThat(HealthProbe.of(server.url("/")).run().outcome()).isEqualTo(Outcome.WRONG_STATUS);
    }
  }

  @Test
  void anotherBodyIsWrong() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(HEALTHY)) {
      HealthProbe probe = HealthProbe.of(server.url("/"));

      HealthResult json = probe.expectJson("{\"status\": \"ok\"}").run();
      assertThat(json.outcome()).isEqualTo(Outcome.WRONG_BODY);
      assertThat(json.detail()).isEqualTo("in the body, status is healthy instead of ok");

      assertThat(probe.expectBody("ready").run().outcome()).isEqualTo(Outcome.WRONG_BODY);
    }
  }

  @Test
  void aBodyThatIsNoJsonIsWrongIfJsonIsExpected() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK")) {
      HealthResult result = HealthProbe.of(server.url("/")).expectJson("{}").run();
      assertThat(result.outcome()).isEqualTo(Outcome.WRONG_BODY);
      assertThat(result.detail()).contains("not JSON");
    }
  }

  @Test
  void closedWithoutAByteAndResetAreTold() throws Exception {
    try (ScriptedServer closing = ScriptedServer.start(ScriptedServer::readRequest);
        ScriptedServer resetting =
            ScriptedServer.start(connection -> connection.setSoLinger(true, 0))) {
      assertThat(HealthProbe.of(closing.url("/")).run().outcome()).isEqualTo(Outcome.CLOSED);
      assertThat(HealthProbe.of(resetting.url("/")).run().outcome()).isEqualTo(Outcome.CLOSED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nshort",
        "HTTP/1.1 200 OK\r\nX: y"
      })
  void anAnswerCutOffIsClosed(String answer) throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(answer)) {
      assertThat(HealthProbe.of(server.url("/")).run().outcome()).isEqualTo(Outcome.CLOSED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.6\r\n",
        "HTTP/1.1 two hundred\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxyz\r\n0\r\n\r\n",
      })
  void anotherProtocolIsTold(String answer) throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(answer)) {
      assertThat(HealthProbe.of(server.url("/")).run().outcome()).isEqualTo(Outcome.NOT_HTTP);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.0 200 OK\\n\\nby close|by close",
        "HTTP/1.1 200\\r\\n\\r\\n|''",
        "HTTP/1.1 204 No Content\\r\\nContent-Length: 5\\r\\n\\r\\n|''",
        "HTTP/1.1 100 Continue\\r\\n\\r\\nHTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nOK|OK",
        "HTTP/1.1 200 OK\\r\\ntransfer-encoding: Chunked\\r\\n\\r\\n3;x=y\\r\\nabc\\r\\nA\\r\\n0123456789\\r\\n0\\r\\n\\r\\n|abc0123456789"
      })
  void allShapesOfABodyAreRead(String answer, String body) throws Exception {
    String bytes = answer.replace("\\r", "\r").replace("\\n", "\n");
    try (ScriptedServer server = ScriptedServer.answering(bytes)) {
      HealthResult result = HealthProbe.of(server.url("/")).run();
      assertThat(result.isHealthy()).as(result.detail()).isTrue();
      assertThat(result.decisive().orElseThrow().body()).isEqualTo(body);
    }
  }

  @Test
  void aBodyWithoutEndIsReadToItsLimit() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.start(
            connection -> {
              ScriptedServer.answer(connection, "HTTP/1.1 200 OK\r\n\r\n");
              byte[] block = new byte[64 * 1024];
              while (true) {
                connection.getOutputStream().write(block);
              }
            })) {
      HealthResult result = HealthProbe.of(server.url("/")).run();
      assertThat(result.isHealthy()).as(result.detail()).isTrue();
      assertThat(result.decisive().orElseThrow().body()).hasSize(1000);
    }
  }

  @Test
  void anUnknownHostIsUnreachable() throws Exception {
    HealthResult result = HealthProbe.of(URI.create("http://no-such-host.invalid/")).run();
    assertThat(result.outcome()).isEqualTo(Outcome.UNREACHABLE);
    assertThat(result.attempts()).isEmpty();
  }

  @Test
  void plainTextWhereTlsIsExpectedIsTold() throws Exception {
    try (ScriptedServer greeting =
        ScriptedServer.start(
            connection ->
                connection
                    .getOutputStream()
                    .write("220 mail.example ESMTP\r\n".getBytes(StandardCharsets.UTF_8)))) {
      URI url = URI.create("https://127.0.0.1:" + greeting.port() + "/");
      assertThat(HealthProbe.of(url).run().outcome()).isEqualTo(Outcome.TLS_FAILED);
    }
  }

  @Test
  void tcpAsksForNoMoreThanAConnection() throws Exception {
    try (ScriptedServer server = ScriptedServer.silent()) {
      URI url = URI.create("tcp://127.0.0.1:" + server.port());
      assertThat(HealthProbe.of(url).run().isHealthy()).isTrue();
    }
    URI url = URI.create("tcp://127.0.0.1:" + freePort());
    assertThat(HealthProbe.of(url).run().outcome()).isEqualTo(Outcome.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 404 Not Found\r\n\r\n",
        "HTTP/1.1 401 Unauthorized\r\n\r\n",
        "-ERR wrong number of arguments\r\n"
      })
  void thePageNobodyNamedMayBeMissing(String answer) throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(answer)) {
      HealthResult result = HealthProbe.of(server.port()).run();
      assertThat(result.isHealthy()).as(result.detail()).isTrue();
      assertThat(result.assumed()).isTrue();
      assertThat(result.url())
          .isEqualTo(URI.create("http://localhost:" + server.port() + "/health"));
    }
  }

  @Test
  void thePageNobodyNamedMayNotFail() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering("HTTP/1.1 500 Oops\r\n\r\n")) {
      assertThat(HealthProbe.of(server.port()).run().outcome()).isEqualTo(Outcome.WRONG_STATUS);
    }
  }

  @Test
  void anExpectedBodyMakesThePageOneThatWasMeant() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.answering("HTTP/1.1 404 Not Found\r\n\r\nhealthy")) {
      HealthResult result = HealthProbe.of(server.port()).expectBody("healthy").run();
      assertThat(result.outcome()).isEqualTo(Outcome.WRONG_STATUS);
      assertThat(result.assumed()).isFalse();
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
        .hasMessage("unexpected 's' at character 1");
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, Loopback.V4)) {
      return free.getLocalPort();
    }
  }
}
