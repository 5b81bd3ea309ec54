// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import servers.Loopback;

class HealthWrongStatusTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void isTheOnlyFault() {
    Scene scene = scene().health(Outcome.WRONG_STATUS);
    assertThat(scene.faults()).containsExactly(FindingCode.HEALTH_WRONG_STATUS);
    assertThat(scene.finding(FindingCode.HEALTH_WRONG_STATUS).severity())
        .isEqualTo(Severity.CRITICAL);
    assertThat(scene.verdict()).isEqualTo(Verdict.DEGRADED);
  }

  @Test
  void standsInTheHeadlineWithTheStatus() {
    assertThat(scene().health(Loopback.V4, Outcome.WRONG_STATUS, 503).judgement().headline())
        .isEqualTo("Port 3001 answers, but the health check is answered with 503.");
  }

  @Test
  void ofAPageThatWasAGuessIsNoFault() {
    Scene scene = scene().health(Loopback.V4, Outcome.HEALTHY, 404).assumed();
    assertThat(scene.verdict()).isEqualTo(Verdict.HEALTHY);
    Finding finding = scene.finding(FindingCode.HEALTH_WRONG_STATUS);
    assertThat(finding.severity()).isEqualTo(Severity.INFO);
    assertThat(finding.advice())
        .containsExactly(
            new Advice.Diagnose(
                3001, Advice.Diagnose.How.OTHER_HEALTH, Optional.of("http://localhost:3001/")));
  }
}
