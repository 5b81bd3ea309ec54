// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Mismatch;
import io.tcptable.health.HealthResult.Outcome;
import org.junit.jupiter.api.Test;

class HealthTlsFailedTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void isTheOnlyFault() {
    Scene scene = scene().health(Outcome.TLS_FAILED);
    assertThat(scene.faults()).containsExactly(FindingCode.HEALTH_TLS_FAILED);
    assertThat(scene.finding(FindingCode.HEALTH_TLS_FAILED).severity())
        .isEqualTo(Severity.CRITICAL);
    assertThat(scene.verdict()).isEqualTo(Verdict.DEGRADED);
  }

  @Test
  void tellsAServerOfPlainTextFromACertificateThatIsNotTrusted() {
    Scene plain = scene().mismatch(Mismatch.SPEAKS_PLAIN_TEXT).health(Outcome.TLS_FAILED);
    assertThat(plain.judgement().headline())
        .isEqualTo("Port 3001 answers, but it speaks plain HTTP, and was asked for TLS.");
    Scene untrusted = scene().mismatch(Mismatch.UNTRUSTED_CERTIFICATE).health(Outcome.TLS_FAILED);
    assertThat(untrusted.judgement().headline())
        .isEqualTo("Port 3001 answers, but its certificate is not trusted.");
    assertThat(untrusted.finding(FindingCode.HEALTH_TLS_FAILED).advice())
        .containsExactly(new Advice.TrustCertificate());
  }

  @Test
  void standsInTheHeadline() {
    assertThat(scene().health(Outcome.TLS_FAILED).judgement().headline())
        .endsWith("the TLS handshake of the health check fails.");
  }
}
