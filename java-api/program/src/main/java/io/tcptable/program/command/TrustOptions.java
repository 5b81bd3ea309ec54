// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.command;

import io.tcptable.health.HealthProbe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
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

  /** The probe with whom to trust; as it is, it trusts whom this Java trusts. */
  HealthProbe applyTo(HealthProbe probe) {
    String file = certificates.getValue();
    Boolean isInsecure = insecure.getValue();
    if (file != null && Boolean.TRUE.equals(isInsecure)) {
      throw command.misused("--insecure and --cacert cannot be combined");
    }
    try {
      if (Boolean.TRUE.equals(isInsecure)) {
        return probe.acceptingAnyCertificate();
      }
      return file == null ? probe : probe.trusting(trusting(managers(Path.of(file))));
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
}
