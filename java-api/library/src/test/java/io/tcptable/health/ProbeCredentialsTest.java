// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials of a URL are sent, and are never shown. */
class ProbeCredentialsTest {

  @ParameterizedTest
  @CsvSource({
    "alice:s3cret, Basic YWxpY2U6czNjcmV0",
    "alice, Basic YWxpY2U6",
    "al%69ce:s%3Acret, Basic YWxpY2U6czpjcmV0",
  })
  void theyAreSentAndNotShown(String credentials, String header) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<String> request = CompletableFuture.supplyAsync(() -> serve(server));
      URI url =
          URI.create("http://" + credentials + "@127.0.0.1:" + server.getLocalPort() + "/health");

      HealthProbe probe = HealthProbe.of(url);
      HealthResult result = probe.run();

      assertThat(request.get()).contains("\r\nAuthorization: " + header + "\r\n");
      assertThat(result.isHealthy()).isTrue();
      assertThat(probe.url() + " " + probe + " " + result)
          .contains("http://***@127.0.0.1:")
          .doesNotContain(credentials, "cret");
    }
  }

  @Test
  void withoutThemThereIsNoHeader() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<String> request = CompletableFuture.supplyAsync(() -> serve(server));
      URI url = URI.create("http://127.0.0.1:" + server.getLocalPort());
      assertThat(HealthProbe.of(url).run().isHealthy()).isTrue();
      assertThat(request.get()).doesNotContain("Authorization");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://alice:s3cret@x", "tcp://alice:s3cret@x"})
  void aRefusalDoesNotShowThem(String url) {
    assertThatThrownBy(() -> HealthProbe.of(URI.create(url)))
        .hasMessageContaining("//***@x")
        .hasMessageNotContaining("s3cret");
  }

  private static String serve(ServerSocket server) {
    try (Socket client = server.accept()) {
      StringBuilder request = new StringBuilder();
      while (request.indexOf("\r\n\r\n") < 0) {
        request.append((char) client.getInputStream().read());
      }
      client
          .getOutputStream()
          .write(
              "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return request.toString();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
