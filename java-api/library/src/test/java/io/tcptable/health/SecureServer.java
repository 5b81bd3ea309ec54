// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import servers.Loopback;
import servers.ScriptedServer;

/** A server of TLS on loopback, with a certificate that it has signed itself. */
final class SecureServer implements AutoCloseable {

  private static final char[] PASSWORD = "changeit".toCharArray();

  private final ScriptedServer server;
  private final SSLContext context;

  private SecureServer(ScriptedServer server, SSLContext context) {
    this.server = server;
    this.context = context;
  }

  /**
   * Answers every request with this text.
   *
   * @param names whom the certificate is for, as {@code dns:localhost,ip:127.0.0.1}
   */
  static SecureServer answering(String answer, Path folder, String names) throws IOException {
    SSLContext context = context(keyStore(folder, names));
    return new SecureServer(
        ScriptedServer.start(
            context.getServerSocketFactory().createServerSocket(0, 50, Loopback.V4),
            connection -> ScriptedServer.answer(connection, answer)),
        context);
  }

  private static KeyStore keyStore(Path folder, String names) throws IOException {
    Path file = Files.createTempDirectory(folder, "keys").resolve("server.p12");
    List<String> command = new ArrayList<>();
    command.add(keytool());
    command.addAll(
        List.of("-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=test"));
    command.addAll(List.of("-keystore", file.toString(), "-storepass", new String(PASSWORD)));
    command.addAll(List.of("-ext", "san=" + names));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (keytool.waitFor() != 0) {
        throw new AssertionError(said);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD);
      return store;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** That of this Java, or, as only a JDK has one, that of the system. */
  private static String keytool() {
    Path own = Path.of(System.getProperty("java.home"), "bin", "keytool");
    return Files.exists(own) ? own.toString() : "keytool";
  }

  /** Has the key, and trusts the certificate. */
  private static SSLContext context(KeyStore store) {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("server", store.getCertificate("server"));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  URI url() {
    return URI.create("https://127.0.0.1:" + server.port() + "/health");
  }

  int port() {
    return server.port();
  }

  /** For a client that trusts it. */
  SSLContext context() {
    return context;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
