// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Mismatch;
import io.tcptable.health.HealthResult.Outcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthNotHttpTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void isTheOnlyFault() {
    Scene scene = scene().health(Outcome.NOT_HTTP);
    assertThat(scene.faults()).containsExactly(FindingCode.HEALTH_NOT_HTTP);
    assertThat(scene.finding(FindingCode.HEALTH_NOT_HTTP).severity()).isEqualTo(Severity.CRITICAL);
    assertThat(scene.verdict()).isEqualTo(Verdict.DEGRADED);
  }

  @Test
  void aServerOfTlsIsAskedOverTls() {
    Scene scene = scene().mismatch(Mismatch.SPEAKS_TLS).health(Outcome.NOT_HTTP);
    assertThat(scene.judgement().headline())
        .isEqualTo("Port 3001 answers, but it speaks TLS, and was asked in plain text.");
    assertThat(scene.finding(FindingCode.HEALTH_NOT_HTTP).advice())
        .containsExactly(
            new Advice.Diagnose(
                3001,
                Advice.Diagnose.How.OTHER_HEALTH,
                Optional.of("https://localhost:3001/health")));
  }

  @Test
  void saysWhatItMeans() {
    assertThat(scene().health(Outcome.NOT_HTTP).finding(FindingCode.HEALTH_NOT_HTTP).meaning())
        .isEqualTo("The application speaks another protocol than HTTP.");
  }
}
