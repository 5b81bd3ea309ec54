// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.health.HealthResult.Mismatch;
import io.tcptable.health.HealthResult.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import servers.ScriptedServer;
import servers.SecureServer;

/** Health over TLS, with real certificates. */
@Timeout(30)
class SecureProbeTest {

  private static final String HEALTHY = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nhealthy";
  private static final String BAD_REQUEST = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
  private static final String NAMES = "ip:127.0.0.1,dns:localhost";

  @TempDir private Path folder;

  @Test
  void aServerWhoseCertificateIsTrusted() throws Exception {
    try (SecureServer server = server(NAMES)) {
      HealthResult result =
          HealthProbe.of(server.url()).trusting(server.context()).expectBody("healthy").run();

      assertThat(result.isHealthy()).as(result.detail()).isTrue();
      assertThat(result.decisive().orElseThrow().firstByte()).isPresent();
    }
  }

  @Test
  void aCertificateThatNobodyElseHasSigned() throws Exception {
    try (SecureServer server = server(NAMES)) {
      assertInsecure(
          HealthProbe.of(server.url()),
          "its certificate is not signed by an authority that this Java trusts");
    }
  }

  @Test
  void aCertificateForAnotherName() throws Exception {
    try (SecureServer server = server("dns:shop.example")) {
      assertInsecure(
          HealthProbe.of(server.url()).trusting(server.context()),
          "its certificate is not valid: "
              + "No subject alternative names matching IP address 127.0.0.1 found");
    }
  }

  @Test
  void aServerThatDoesNotSpeakTls() throws Exception {
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

  /** The first of 16,384 bytes of a record (RFC 8446, 5.1), and then one more now and then. */
  @Test
  void aHandshakeWithoutEnd() throws Exception {
    try (ScriptedServer dripping =
        ScriptedServer.start(
            connection -> {
              connection.getOutputStream().write(new byte[] {22, 3, 3, 64, 0, 2});
              while (true) {
                connection.getOutputStream().write(0);
                Thread.sleep(50);
              }
            })) {
      URI url = URI.create("https://127.0.0.1:" + dripping.port() + "/");
      assertInsecure(
          HealthProbe.of(url).deadline(Duration.ofSeconds(1)),
          "the TLS handshake did not end within 1s");
    }
  }

  @Test
  void aHandshakeThatIsReset() throws Exception {
    try (ScriptedServer resetting =
        ScriptedServer.start(
            connection -> {
              connection.getOutputStream().write(new byte[] {22, 3, 3, 64, 0, 2});
              Thread.sleep(200);
              connection.setSoLinger(true, 0);
            })) {
      URI url = URI.create("https://127.0.0.1:" + resetting.port() + "/");
      assertThat(HealthProbe.of(url).run().outcome()).isEqualTo(Outcome.TLS_FAILED);
    }
  }

  @Test
  void aServerThatTakesNoPartInTheHandshake() throws Exception {
    try (ScriptedServer silent = ScriptedServer.silent()) {
      URI url = URI.create("https://127.0.0.1:" + silent.port() + "/");
      HealthResult result = HealthProbe.of(url).deadline(Duration.ofSeconds(1)).run();

      assertThat(result.outcome()).isEqualTo(Outcome.NO_RESPONSE);
      assertThat(result.detail()).isEqualTo("connected, but no data was received within 1s");
    }
  }

  @Test
  void aServerOfTlsThatIsAskedInPlainText() throws Exception {
    try (SecureServer server = server(NAMES)) {
      URI plain = URI.create("http://127.0.0.1:" + server.port() + "/health");
      HealthResult result = HealthProbe.of(plain).run();

      assertThat(result.outcome()).isEqualTo(Outcome.NOT_HTTP);
      assertThat(result.detail())
          .endsWith("but it speaks TLS: ask https://, where it answers 200 OK");
    }
  }

  /** The page is a guess; what the application answers over TLS counts. */
  @Test
  void aServerOfTlsIsAskedOverTlsToo() throws Exception {
    try (SecureServer server = server(NAMES)) {
      HealthResult result = HealthProbe.of(server.port()).run();

      assertThat(result.outcome()).as(result.detail()).isEqualTo(Outcome.HEALTHY);
      assertThat(result.isTlsSpoken()).isTrue();
      assertThat(result.decisive().orElseThrow().status()).isEmpty();
    }
    String sick = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n";
    try (SecureServer server = SecureServer.answering(sick, folder, NAMES)) {
      HealthResult result = HealthProbe.of(server.port()).run();

      assertThat(result.outcome()).isEqualTo(Outcome.WRONG_STATUS);
      assertThat(result.detail()).endsWith("ask https://, where it answers 503 Busy");
      assertThat(result.decisive().orElseThrow().status()).hasValue(503);
    }
  }

  /** As nginx does: what is no TLS gets an answer in plain text. */
  @Test
  void anErrorInPlainTextOfAServerOfTls() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.start(
            connection -> {
              if (connection.getInputStream().read() == 22) {
                connection.getOutputStream().write(new byte[] {22, 3, 3});
              } else {
                ScriptedServer.answer(connection, BAD_REQUEST);
              }
            })) {
      HealthResult assumed = HealthProbe.of(server.port()).run();
      assertThat(assumed.outcome()).isEqualTo(Outcome.HEALTHY);
      assertThat(assumed.isTlsSpoken()).isTrue();
      HealthResult named = HealthProbe.of(server.url("/")).run();
      assertThat(named.outcome()).isEqualTo(Outcome.NOT_HTTP);
      assertThat(named.isTlsSpoken()).isTrue();
    }
    try (ScriptedServer plain = ScriptedServer.answering(BAD_REQUEST)) {
      HealthResult result = HealthProbe.of(plain.port()).run();
      assertThat(result.isTlsSpoken()).isFalse();
      assertThat(result.detail()).contains("answered 400 Bad Request");
    }
  }

  @Test
  void aServerOfPlainTextThatIsAskedForTls() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(HEALTHY)) {
      URI url = URI.create("https://127.0.0.1:" + server.port() + "/health");
      // It waits for the end of a line, to the end of the time.
      HealthProbe probe = HealthProbe.of(url).deadline(Duration.ofSeconds(2));
      assertInsecure(probe, "it speaks plain HTTP: ask http://, where it answers 200 OK");
      assertThat(probe.run().isMismatch(Mismatch.SPEAKS_PLAIN_TEXT)).isTrue();
    }
  }

  @Test
  void anyCertificateIsAcceptedOnDemand() throws Exception {
    try (SecureServer server = server("dns:shop.example")) {
      assertThat(HealthProbe.of(server.url()).run().isHealthy()).isFalse();
      assertThat(HealthProbe.of(server.url()).acceptingAnyCertificate().run().isHealthy()).isTrue();
    }
    try (SecureServer server = server(NAMES)) {
      HealthResult result = HealthProbe.of(server.url()).run();
      assertThat(result.isMismatch(Mismatch.UNTRUSTED_CERTIFICATE)).isTrue();
    }
  }

  /** As Node.js does. */
  @Test
  void aServerOfTlsThatClosesPlainTextIsGreeted() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.start(
            connection -> {
              int first = connection.getInputStream().read();
              if (first == 22) {
                connection.getOutputStream().write(new byte[] {22, 3, 3});
              }
            })) {
      HealthResult result = HealthProbe.of(server.port()).run();

      assertThat(result.outcome()).isEqualTo(Outcome.HEALTHY);
      assertThat(result.detail()).endsWith("but it speaks TLS: ask https://");
      assertThat(result.isTlsSpoken()).isTrue();
      assertThat(HealthProbe.of(server.url("/")).run().outcome()).isEqualTo(Outcome.CLOSED);
    }
  }

  private SecureServer server(String certificate) throws IOException {
    return SecureServer.answering(HEALTHY, folder, certificate);
  }

  private static void assertInsecure(HealthProbe probe, String why) throws InterruptedException {
    HealthResult result = probe.run();
    assertThat(result.outcome()).isEqualTo(Outcome.TLS_FAILED);
    assertThat(result.detail()).isEqualTo("no secure connection: " + why);
  }
}
