// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.health.HealthResult.Outcome;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import servers.ScriptedServer;

/** What a server can answer, as bytes over a real connection, and what the probe makes of it. */
@Timeout(30)
class HealthAnswersTest {

  private static final String OK = "HTTP/1.1 200 OK⏎";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HEALTHY      | HTTP/1.1 200 OK⏎Content-Length: 2⏎⏎OK
          HEALTHY      | HTTP/1.1 204 No Content⏎Content-Length: 5⏎⏎
          WRONG_STATUS | HTTP/1.1 503 Service Unavailable⏎Content-Length: 0⏎⏎
          WRONG_STATUS | HTTP/1.1 404 Not Found⏎⏎
          CLOSED       | HTTP/1.1 200 OK⏎Content-Length: 100⏎⏎short
          CLOSED       | HTTP/1.1 200 OK⏎Transfer-Encoding: chunked⏎⏎10⏎short
          CLOSED       | HTTP/1.1 200 OK⏎X: y
          NOT_HTTP     | SSH-2.0-OpenSSH_9.6⏎
          NOT_HTTP     | HTTP/1.1 two hundred⏎⏎
          NOT_HTTP     | HTTP/1.1 200 OK⏎Content-Length: many⏎⏎
          NOT_HTTP     | HTTP/1.1 200 OK⏎Content-Length: -1⏎⏎
          NOT_HTTP     | HTTP/1.1 200 OK⏎Transfer-Encoding: chunked⏎⏎zz⏎
          NOT_HTTP     | HTTP/1.1 200 OK⏎Transfer-Encoding: chunked⏎⏎1⏎xyz⏎0⏎⏎
          """)
  void areToldApart(Outcome outcome, String answer) throws Exception {
    assertThat(asked(answer, probe -> probe).outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP/1.1 200⏎⏎                                                      | ''
          HTTP/1.1 204 No Content⏎Content-Length: 5⏎⏎                         | ''
          HTTP/1.0 200 OK⏎⏎until it closes                                    | until it closes
          HTTP/1.1 100 Continue⏎⏎HTTP/1.1 200 OK⏎Content-Length: 2⏎⏎OK        | OK
          HTTP/1.1 200 OK⏎transfer-encoding: Chunked⏎⏎3;x=y⏎abc⏎A⏎0123456789⏎0⏎⏎ | abc0123456789
          """)
  void haveABodyInAllItsShapes(String answer, String body) throws Exception {
    HealthResult result = asked(answer, probe -> probe);

    assertThat(result.isHealthy()).as(result.detail()).isTrue();
    assertThat(result.decisive().orElseThrow().body()).isEqualTo(body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Transfer-Encoding: chunked⏎"})
  void areReadToALimitIfTheirBodyHasNoEnd(String field) throws Exception {
    String block = "1000⏎".replace("⏎", "\r\n") + "x".repeat(0x1000) + "\r\n";
    try (ScriptedServer server =
        ScriptedServer.start(
            connection -> {
              ScriptedServer.answer(connection, (OK + field + "⏎").replace("⏎", "\r\n"));
              while (true) {
                connection.getOutputStream().write(block.getBytes(StandardCharsets.US_ASCII));
              }
            })) {
      HealthResult result = HealthProbe.of(server.url("/")).run();
      assertThat(result.isHealthy()).as(result.detail()).isTrue();
      assertThat(result.decisive().orElseThrow().body()).hasSize(1000);
    }
  }

  @Test
  void mayHaveTheStatusThatWasExpected() throws Exception {
    String unwell = "HTTP/1.1 503 Service Unavailable⏎Content-Length: 0⏎⏎";

    assertThat(asked(unwell, probe -> probe).detail())
        .isEqualTo("answered 503 Service Unavailable instead of 200 to 299");
    assertThat(asked(unwell, probe -> probe.expectStatus(503)).isHealthy()).isTrue();
    assertThat(asked(unwell, probe -> probe.expectStatus(200)).isHealthy()).isFalse();
  }

  @Test
  void thatRedirectAreNotFollowed() throws Exception {
    String redirect = "HTTP/1.1 302 Found⏎Location: http://192.0.2.1/⏎Content-Length: 0⏎⏎";

    HealthResult result = asked(redirect, probe -> probe);

    assertThat(result.outcome()).isEqualTo(Outcome.WRONG_STATUS);
    assertThat(result.detail())
        .isEqualTo("answered 302 Found to http://192.0.2.1/ instead of 200 to 299");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"status": "ok"} | {"status": "healthy"} | in the body, status is healthy instead of ok
          {}               | OK                    | the body is not JSON: unexpected 'O' at character 0
          """)
  void mustHoldTheJsonThatWasExpected(String expected, String body, String detail)
      throws Exception {
    HealthResult result = asked(OK + "⏎" + body, probe -> probe.expectJson(expected));

    assertThat(result.outcome()).isEqualTo(Outcome.WRONG_BODY);
    assertThat(result.detail()).isEqualTo(detail);
  }

  @Test
  void mustHoldTheTextThatWasExpected() throws Exception {
    assertThat(asked(OK + "⏎it is ready now", p -> p.expectBody("ready")).isHealthy()).isTrue();
    assertThat(asked(OK + "⏎it starts", p -> p.expectBody("ready")).outcome())
        .isEqualTo(Outcome.WRONG_BODY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HEALTHY      | HTTP/1.1 200 OK⏎⏎
          HEALTHY      | HTTP/1.1 404 Not Found⏎⏎
          HEALTHY      | HTTP/1.1 401 Unauthorized⏎⏎
          HEALTHY      | -ERR wrong number of arguments⏎
          WRONG_STATUS | HTTP/1.1 500 Oops⏎⏎
          """)
  void ofAPageThatNobodyNamedMaySayThatItIsNotThere(Outcome outcome, String answer)
      throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(answer.replace("⏎", "\r\n"))) {
      HealthResult result = HealthProbe.of(server.port()).run();

      assertThat(result.outcome()).as(result.detail()).isEqualTo(outcome);
      assertThat(result.assumed()).isTrue();
      assertThat(result.url())
          .isEqualTo(URI.create("http://localhost:" + server.port() + "/health"));
    }
  }

  @Test
  void fromWhichABodyIsExpectedAreOfThePageThatWasMeant() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.answering("HTTP/1.1 404 Not Found\r\n\r\nhealthy")) {
      HealthResult result = HealthProbe.of(server.port()).expectBody("healthy").run();

      assertThat(result.outcome()).isEqualTo(Outcome.WRONG_STATUS);
      assertThat(result.assumed()).isFalse();
    }
  }

  /** In the tables, {@code ⏎} ends a line as HTTP wants it. */
  private static HealthResult asked(String answer, UnaryOperator<HealthProbe> how)
      throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(answer.replace("⏎", "\r\n"))) {
      return how.apply(HealthProbe.of(server.url("/"))).run();
    }
  }
}
