// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.health.HealthResult.Attempt;
import io.tcptable.health.HealthResult.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import servers.ScriptedServer;
import servers.ScriptedServer.Script;

/**
 * Servers that send whatever may harm a client: each gives an answer that is true, within the
 * deadline and of bounded length.
 */
@Timeout(60)
class HostileServersTest {

  /** Where the answer has no end, or never comes. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  /** Where it is read to a limit, though the machine be busy. */
  private static final Duration LONG = Duration.ofSeconds(30);

  private static final String OK = "HTTP/1.1 200 OK⏎";
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked⏎⏎";

  /**
   * One server.
   *
   * @param name says what is hostile
   * @param script what it does, after it has read the request
   * @param probe what is expected of it
   * @param outcome what is true of it
   * @param detail the end of the line that says so
   */
  record Hostile(
      String name,
      Script script,
      UnaryOperator<HealthProbe> probe,
      Outcome outcome,
      String detail) {
    @Override
    public String toString() {
      return name;
    }

    Duration deadline() {
      return outcome == Outcome.SLOW || outcome == Outcome.NO_RESPONSE ? SHORT : LONG;
    }

    Hostile where(UnaryOperator<HealthProbe> other) {
      return new Hostile(name, script, other, outcome, detail);
    }
  }

  static Stream<Hostile> headers() {
    return Stream.of(
        endless("header lines", OK, "X: y⏎", Outcome.NOT_HTTP, "its header is longer than 1 MiB"),
        endless("one header line", OK + "X: ", "y", Outcome.NOT_HTTP, "is longer than 1 MiB"),
        endless("a status line", "HTTP/1.1 200 ", "y", Outcome.NOT_HTTP, "is longer than 1 MiB"),
        endless("empty names", OK, ":⏎", Outcome.NOT_HTTP, "is longer than 1 MiB"),
        endless("lengths", OK, "Content-Length: 5⏎", Outcome.NOT_HTTP, "is longer than 1 MiB"),
        endless("interim answers", "", "HTTP/1.1 100 Go⏎⏎", Outcome.NOT_HTTP, "longer than 1 MiB"),
        endless("spaces", "", " ", Outcome.NOT_HTTP, "it is not HTTP/1"),
        endless("NUL", "", "\0", Outcome.NOT_HTTP, "it is not HTTP/1"),
        sending(
            "a header line of 100 KiB",
            OK + "X: " + "y".repeat(100 << 10) + "⏎Content-Length: 2⏎⏎OK",
            Outcome.HEALTHY,
            "answered 200 OK after"),
        sending(
            "5,000 header lines",
            OK + "X: y⏎".repeat(5000) + "Content-Length: 2⏎⏎OK",
            Outcome.HEALTHY,
            "answered 200 OK after"),
        sending(
            "a reason of 100 KiB",
            "HTTP/1.1 500 " + "y".repeat(100 << 10) + "⏎⏎",
            Outcome.WRONG_STATUS,
            "yyy..."),
        sending("no reason", "HTTP/1.1 200⏎⏎", Outcome.HEALTHY, "answered 200 after"),
        sending(
            "controls in the reason",
            "HTTP/1.1 500 a\0\u001b[2J\u009b31m\r\u0085b⏎⏎",
            Outcome.WRONG_STATUS,
            "instead of 200 to 299"),
        sending(
            "a status of 20 digits",
            "HTTP/1.1 20000000000000000000 OK⏎⏎",
            Outcome.NOT_HTTP,
            "its status line is HTTP/1.1 20000000000000000000 OK"),
        sending("a status below 100", "HTTP/1.1 099 No⏎⏎", Outcome.NOT_HTTP, "HTTP/1.1 099 No"),
        sending("a negative status", "HTTP/1.1 -200 OK⏎⏎", Outcome.NOT_HTTP, "HTTP/1.1 -200 OK"),
        sending(
            "a switch of protocols",
            "HTTP/1.1 101 Switching Protocols⏎Upgrade: h2c⏎⏎",
            Outcome.WRONG_STATUS,
            "answered 101 Switching Protocols instead of 200 to 299"),
        sending(
            "HTTP/0.9",
            "<html>fine</html>",
            Outcome.NOT_HTTP,
            "it is not HTTP/1: \"<html>fine</html>\""),
        sending(
            "HTTP/2 in words",
            "HTTP/2 200 OK⏎⏎",
            Outcome.NOT_HTTP,
            "it is not HTTP/1: \"HTTP/2 200 OK\""),
        sending("HTTP/2", "\0\0\u0006\u0004\0\0\0\0\0", Outcome.NOT_HTTP, "it is not HTTP/1"),
        sending(
            "TLS",
            "\u0015\u0003\u0001\0\u0002\u0002\n",
            Outcome.NOT_HTTP,
            "it speaks TLS: ask https://"),
        sending(
            "SSH",
            "SSH-2.0-OpenSSH_9.6⏎",
            Outcome.NOT_HTTP,
            "it is not HTTP/1: \"SSH-2.0-OpenSSH_9.6\""),
        sending(
            "RTSP", "RTSP/1.0 200 OK⏎⏎", Outcome.NOT_HTTP, "it is not HTTP/1: \"RTSP/1.0 200 OK\""),
        sending(
            "a request",
            "GET / HTTP/1.1⏎⏎",
            Outcome.NOT_HTTP,
            "it is not HTTP/1: \"GET / HTTP/1.1\""));
  }

  static Stream<Hostile> redirects() {
    return Stream.of("file:///etc/shadow", "ftp://192.0.2.1/", "http://192.0.2.1/", "/", "gopher:")
        .map(
            to ->
                sending(
                    "a redirect to " + to,
                    "HTTP/1.1 302 Found⏎Location: " + to + "⏎Content-Length: 0⏎⏎",
                    Outcome.WRONG_STATUS,
                    "answered 302 Found to " + to + " instead of 200 to 299"));
  }

  static Stream<Hostile> lengths() {
    return Stream.of(
        body("a negative length", OK + "Content-Length: -1⏎⏎", "a length in it is \"-1\""),
        body("a length with a sign", OK + "Content-Length: +2⏎⏎OK", "a length in it is \"+2\""),
        body("a length in hexadecimal", OK + "Content-Length: 0x2⏎⏎", "a length in it is \"0x2\""),
        body("an empty length", OK + "Content-Length:⏎⏎", "a length in it is \"\""),
        body(
            "two lengths",
            OK + "Content-Length: 2⏎Content-Length: 3⏎⏎OK!",
            "it has two lengths, 2 and 3"),
        body("two in one", OK + "Content-Length: 2, 3⏎⏎OK!", "it has two lengths, 2 and 3"),
        sending(
            "one length twice",
            OK + "Content-Length: 2⏎Content-Length: 02⏎⏎OK",
            Outcome.HEALTHY,
            "answered 200 OK after"),
        sending(
            "a length of 5 GiB, and an early end",
            OK + "Content-Length: 5368709120⏎⏎short",
            Outcome.CLOSED,
            "in the middle of its answer"),
        endless(
            "a body of 5 GiB",
            OK + "Content-Length: 5368709120⏎⏎",
            "x",
            Outcome.HEALTHY,
            "answered 200 OK after"),
        endless(
            "a length of 40 digits",
            OK + "Content-Length: " + "9".repeat(40) + "⏎⏎",
            "x",
            Outcome.HEALTHY,
            "answered 200 OK after"),
        endless("a body", OK + "⏎", "x", Outcome.HEALTHY, "answered 200 OK after"),
        sending(
            "a length beside chunks",
            OK + "Content-Length: 99⏎Transfer-Encoding: chunked⏎⏎2⏎OK⏎0⏎⏎",
            Outcome.HEALTHY,
            "answered 200 OK after"));
  }

  static Stream<Hostile> chunks() {
    return Stream.of(
        body("a negative chunk", CHUNKED + "-1⏎x⏎0⏎⏎", "a length in it is \"-1\""),
        body("an empty chunk size", CHUNKED + "⏎", "a length in it is \"\""),
        body("a chunk that goes on", CHUNKED + "1⏎xyz⏎0⏎⏎", "a chunk of its body is longer than"),
        endless("a chunk size", CHUNKED, "0", Outcome.NOT_HTTP, "its chunks are longer than 8 MiB"),
        endless(
            "an extension",
            CHUNKED + "1;",
            "x",
            Outcome.NOT_HTTP,
            "its chunks are longer than 8 MiB"),
        endless(
            "extensions",
            CHUNKED,
            "1;" + "x".repeat(1000) + "⏎x⏎",
            Outcome.NOT_HTTP,
            "its chunks are longer than 8 MiB"),
        endless("chunks of one byte", CHUNKED, "1⏎x⏎", Outcome.HEALTHY, "answered 200 OK after"),
        endless(
            "a chunk of 2^64 bytes",
            CHUNKED + "10000000000000000⏎",
            "x",
            Outcome.HEALTHY,
            "answered 200 OK after"),
        sending(
            "a chunk of 2^32 bytes, and an early end",
            CHUNKED + "100000000⏎x",
            Outcome.CLOSED,
            "in the middle of its answer"));
  }

  static Stream<Hostile> bodies() {
    UnaryOperator<HealthProbe> json = probe -> probe.expectJson("{\"status\": \"ok\"}");
    return Stream.of(
        json("[".repeat(1 << 19), "the body is not JSON: nested too deep at character 101"),
        json("{\"status\":".repeat(50_000), "the body is not JSON: nested too deep"),
        json("1".repeat(1 << 19), "the body is not JSON: too long a number at character 0"),
        json("1e99999999999", "the body is not JSON: too large a number at character 0"),
        json("{\"status\": 1e999999999}", "in the body, status is 1E+999999999 instead of ok"),
        json("{\"status\": \"\\ud800\"}", "in the body, status is \ud800 instead of ok"),
        json("{\"status\": \"" + "x".repeat(1 << 19) + "\"}", "xxx..."),
        json("\"\0\"", "the body is not JSON: unexpected '\0' at character 1"),
        json("\u00ff\u00fe{}", "the body is not JSON: unexpected '\ufffd' at character 0"),
        sending(
                "JSON of 2 MiB",
                OK + "⏎{\"status\": \"ok\"" + " ".repeat(2 << 20) + "}",
                Outcome.WRONG_BODY,
                "the body is longer than 1 MiB, too long to read its JSON")
            .where(json),
        sending(
                "a word after 2 MiB",
                OK + "⏎" + " ".repeat(2 << 20) + "ready",
                Outcome.WRONG_BODY,
                "the first MiB of the body does not contain \"ready\"")
            .where(probe -> probe.expectBody("ready")),
        sending(
                "gzip that nobody asked for",
                OK + "Content-Encoding: gzip⏎⏎" + gzip("{\"status\": \"ok\"}"),
                Outcome.WRONG_BODY,
                "the body, which is encoded as gzip, is not JSON: unexpected '\u001f' at character 0")
            .where(json));
  }

  static Stream<Hostile> connections() {
    return Stream.of(
        new Hostile(
            "a byte now and then",
            connection -> {
              for (byte b : bytes(OK + "X: " + "y".repeat(1 << 20))) {
                connection.getOutputStream().write(b);
                Thread.sleep(100);
              }
            },
            probe -> probe,
            Outcome.SLOW,
            "the answer did not end within 1s"),
        new Hostile(
            "interim answers now and then",
            connection -> {
              while (true) {
                connection.getOutputStream().write(bytes("HTTP/1.1 102 Processing⏎⏎"));
                Thread.sleep(100);
              }
            },
            probe -> probe,
            Outcome.SLOW,
            "the answer did not end within 1s"),
        new Hostile(
            "silence after the header",
            connection -> {
              connection.getOutputStream().write(bytes(OK + "Content-Length: 2⏎⏎"));
              new CountDownLatch(1).await();
            },
            probe -> probe,
            Outcome.SLOW,
            "the answer did not end within 1s"),
        new Hostile(
            "silence",
            connection -> new CountDownLatch(1).await(),
            probe -> probe,
            Outcome.NO_RESPONSE,
            "connected, but no data was received within 1s"),
        new Hostile(
            "a reset in the middle",
            connection -> {
              connection.getOutputStream().write(bytes(OK + "Content-Length: 2⏎⏎O"));
              Thread.sleep(100);
              connection.setSoLinger(true, 0);
            },
            probe -> probe,
            Outcome.CLOSED,
            "closed the connection in the middle of its answer"),
        new Hostile(
            "a reset",
            connection -> connection.setSoLinger(true, 0),
            probe -> probe,
            Outcome.CLOSED,
            "accepted the connection and closed it without sending data"),
        new Hostile(
            "the end of what it sends, and more to come",
            connection -> {
              connection.getOutputStream().write(bytes(OK + "Content-Length: 2⏎⏎O"));
              connection.shutdownOutput();
              new CountDownLatch(1).await();
            },
            probe -> probe,
            Outcome.CLOSED,
            "closed the connection in the middle of its answer"));
  }

  @ParameterizedTest
  @MethodSource({"headers", "redirects", "lengths", "chunks", "bodies", "connections"})
  void getATrueAnswerInTime(Hostile hostile) throws Exception {
    Attempt attempt =
        asked(
            hostile.script(),
            url -> hostile.probe().apply(HealthProbe.of(url)).deadline(hostile.deadline()));

    assertThat(attempt.detail()).contains(hostile.detail());
    assertThat(attempt.outcome()).isEqualTo(hostile.outcome());
  }

  static Stream<Hostile> malformed() {
    return Stream.of(headers(), lengths(), chunks())
        .flatMap(all -> all)
        .filter(hostile -> hostile.outcome() == Outcome.NOT_HTTP);
  }

  /** Where the page is a guess, another protocol will do; what breaks the rules of HTTP is none. */
  @ParameterizedTest
  @MethodSource("malformed")
  void areOfAnotherProtocolOnlyIfTheyDoNotBeginAsHttp(Hostile hostile) throws Exception {
    Attempt attempt = asked(hostile.script(), url -> HealthProbe.of(url.getPort()).deadline(LONG));

    boolean isOther = attempt.detail().matches(".*(it is not HTTP/1.*|it speaks TLS.*)");
    assertThat(attempt.outcome()).isEqualTo(isOther ? Outcome.HEALTHY : Outcome.NOT_HTTP);
  }

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  /** Bytes at random, among them parts of HTTP: no exception comes out, whatever they are. */
  @ParameterizedTest
  @MethodSource("seeds")
  void mayTalkAtRandom(int seed) throws Exception {
    Random random = new Random(seed);
    String[] parts = {
      OK,
      "⏎",
      "HTTP/1.1 ",
      "100 Go⏎⏎",
      "Content-Length: ",
      "Transfer-Encoding: chunked⏎",
      "7",
      "f;",
      "\0",
      "\u00ff",
      ": ",
      ", ",
      "{\"a\":",
      "[",
      "\"\\u",
      "1e9",
      " "
    };
    StringBuilder text = new StringBuilder(random.nextInt(4) > 0 ? OK : "");
    for (int i = random.nextInt(20); i > 0; i--) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    Attempt attempt =
        asked(
            connection -> connection.getOutputStream().write(bytes(text.toString())),
            url -> HealthProbe.of(url).expectJson("{\"a\": [1]}").deadline(LONG));

    assertThat(attempt.outcome())
        .as("%s: %s", text, attempt.detail())
        .isIn(Outcome.NOT_HTTP, Outcome.CLOSED, Outcome.WRONG_BODY, Outcome.WRONG_STATUS);
  }

  private static Attempt asked(Script script, Function<URI, HealthProbe> probe) throws Exception {
    Script answering =
        connection -> {
          ScriptedServer.readRequest(connection);
          script.serve(connection);
        };
    try (ScriptedServer server = ScriptedServer.start(answering)) {
      HealthResult result = probe.apply(server.url("/health")).slowAfter(LONG).run();

      Attempt attempt = result.decisive().orElseThrow();
      assertThat(attempt.detail().length()).isLessThan(1100);
      assertThat(attempt.body().length()).isLessThanOrEqualTo(1000);
      return attempt;
    }
  }

  private static Hostile sending(String name, String text, Outcome outcome, String detail) {
    return new Hostile(
        name,
        connection -> connection.getOutputStream().write(bytes(text)),
        probe -> probe,
        outcome,
        detail);
  }

  private static Hostile body(String name, String text, String detail) {
    return sending(name, text, Outcome.NOT_HTTP, detail);
  }

  private static Hostile json(String body, String detail) {
    String name = "JSON such as " + body.substring(0, Math.min(20, body.length()));
    return sending(name, OK + "⏎" + body, Outcome.WRONG_BODY, detail)
        .where(probe -> probe.expectJson("{\"status\": \"ok\"}"));
  }

  /** Sends a start, and then a piece again and again, until the probe has enough. */
  private static Hostile endless(
      String name, String start, String piece, Outcome outcome, String detail) {
    byte[] pieces = bytes(piece.repeat(Math.max(1, (64 << 10) / piece.length())));
    return new Hostile(
        "endless " + name,
        connection -> {
          connection.getOutputStream().write(bytes(start));
          while (true) {
            connection.getOutputStream().write(pieces);
          }
        },
        probe -> probe,
        outcome,
        detail);
  }

  /** One byte a character; {@code ⏎} ends a line. */
  private static byte[] bytes(String text) {
    return text.replace("⏎", "\r\n").getBytes(ISO_8859_1);
  }

  private static String gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(ISO_8859_1));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toString(ISO_8859_1);
  }
}
