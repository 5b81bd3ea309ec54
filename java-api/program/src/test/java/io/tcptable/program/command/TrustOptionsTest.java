// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.program.Answer;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import servers.Loopback;
import servers.ScriptedServer;

class TrustOptionsTest {

  private static final String PASSWORD = "changeit";

  @TempDir private Path folder;

  @Test
  void aCertificateThatTheServerHasSignedItselfIsAcceptedOnDemandOnly() throws Exception {
    KeyStore keys = keys("dns:localhost,ip:127.0.0.1");
    try (ScriptedServer server = server(keys)) {
      String port = Integer.toString(server.port());
      String url = "https://127.0.0.1:" + port + "/";
      assertThat(Answer.to("diagnose", port, "--health", url).code()).isEqualTo(10);
      assertThat(Answer.to("diagnose", port, "--health", url, "--insecure").code()).isZero();
      String file = certificate(keys).toString();
      assertThat(Answer.to("diagnose", port, "--health", url, "--cacert", file).code()).isZero();
    }
  }

  /** What --cacert still checks, as the name is part of what it trusts. */
  @Test
  void aCertificateForAnotherHostIsAcceptedByInsecureAlone() throws Exception {
    KeyStore keys = keys("dns:shop.example");
    try (ScriptedServer server = server(keys)) {
      String port = Integer.toString(server.port());
      String url = "https://127.0.0.1:" + port + "/";
      assertThat(Answer.to("diagnose", port, "--health", url, "--insecure").code()).isZero();
      String file = certificate(keys).toString();
      assertThat(Answer.to("diagnose", port, "--health", url, "--cacert", file).code())
          .isEqualTo(10);
    }
  }

  private static ScriptedServer server(KeyStore keys) throws Exception {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return ScriptedServer.start(
        context.getServerSocketFactory().createServerSocket(0, 50, Loopback.V4),
        connection ->
            ScriptedServer.answer(connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
  }

  private KeyStore keys(String names) throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD,
                "-ext",
                "san=" + names)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      return store;
    }
  }

  private Path certificate(KeyStore keys) throws Exception {
    String encoded =
        Base64.getMimeEncoder().encodeToString(keys.getCertificate("server").getEncoded());
    return Files.writeString(
        folder.resolve("ca.pem"),
        "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n");
  }
}
