// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import picocli.CommandLine.Model.OptionSpec;

/** Whose certificates the health check of an {@code https} URL accepts. */
final class TrustOptions {

  private final Command command;
  private final OptionSpec insecure;
  private final OptionSpec certificates;

  /** Adds them to a command. */
  TrustOptions(Command command) {
    this.command = command;
    insecure =
        command.option(
            OptionSpec.builder("--insecure")
                .type(boolean.class)
                .description("Accept any certificate of an https health URL."));
    certificates =
        command.option(
            OptionSpec.builder("--cacert")
                .paramLabel("FILE")
                .type(String.class)
                .description("Trust the certificates in this file (PEM), and no others."));
  }

  boolean isGiven() {
    return insecure.getValue() != null || certificates.getValue() != null;
  }

  /** Whom to trust; empty for whom this Java trusts. */
  Optional<SSLContext> context() {
    String file = certificates.getValue();
    Boolean isInsecure = insecure.getValue();
    if (file != null && Boolean.TRUE.equals(isInsecure)) {
      throw command.misused("--insecure and --cacert cannot be combined");
    }
    try {
      if (Boolean.TRUE.equals(isInsecure)) {
        return Optional.of(trusting(new TrustManager[] {new Anybody()}));
      }
      return file == null ? Optional.empty() : Optional.of(trusting(managers(Path.of(file))));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw command.misused("'" + file + "' cannot be read as certificates: " + e.getMessage());
    }
  }

  private static SSLContext trusting(TrustManager[] managers) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers, null);
    return context;
  }

  private static TrustManager[] managers(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (all.isEmpty()) {
        throw new IOException("there is none");
      }
      int count = 0;
      for (Certificate certificate : all) {
        store.setCertificateEntry("certificate-" + count++, certificate);
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /** Also skips the check of the host name, which is made for managers of the plain type. */
  private static final class Anybody extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
