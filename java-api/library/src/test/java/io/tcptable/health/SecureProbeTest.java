// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.health.HealthResult.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import servers.ScriptedServer;

/** Health over TLS, with real certificates. */
@Timeout(30)
class SecureProbeTest {

  private static final String HEALTHY = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nhealthy";
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
          "its certificate is not signed by anybody this Java trusts");
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

  @Test
  void aServerOfTlsThatIsAskedInPlainText() throws Exception {
    try (SecureServer server = server(NAMES)) {
      URI plain = URI.create("http://127.0.0.1:" + server.port() + "/health");
      HealthResult result = HealthProbe.of(plain).run();

      assertThat(result.outcome()).isEqualTo(Outcome.NOT_HTTP);
      assertThat(result.detail()).endsWith("but it speaks TLS: ask https://");
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
