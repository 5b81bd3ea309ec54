// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.program.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import servers.SecureServer;

class TrustOptionsTest {

  private static final String FINE = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  @TempDir private Path folder;

  @Test
  void aCertificateThatTheServerHasSignedItselfIsAcceptedOnDemandOnly() throws Exception {
    try (SecureServer server = SecureServer.answering(FINE, folder, "dns:localhost,ip:127.0.0.1")) {
      assertThat(diagnose(server)).isEqualTo(10);
      assertThat(diagnose(server, "--insecure")).isZero();
      assertThat(diagnose(server, "--cacert", certificate(server))).isZero();
    }
  }

  /** What --cacert still checks, as the name is part of what it trusts. */
  @Test
  void aCertificateForAnotherHostIsAcceptedByInsecureAlone() throws Exception {
    try (SecureServer server = SecureServer.answering(FINE, folder, "dns:shop.example")) {
      assertThat(diagnose(server, "--insecure")).isZero();
      assertThat(diagnose(server, "--cacert", certificate(server))).isEqualTo(10);
    }
  }

  private static int diagnose(SecureServer server, String... options) {
    List<String> arguments = new ArrayList<>(List.of("diagnose", Integer.toString(server.port())));
    arguments.addAll(List.of("--health", server.url().toString()));
    arguments.addAll(List.of(options));
    return Answer.to(arguments.toArray(new String[0])).code();
  }

  private String certificate(SecureServer server) throws IOException {
    return Files.writeString(folder.resolve("ca.pem"), server.certificate()).toString();
  }
}
