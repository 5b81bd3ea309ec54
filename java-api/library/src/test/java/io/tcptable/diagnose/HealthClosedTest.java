// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import org.junit.jupiter.api.Test;

class HealthClosedTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void isTheOnlyFault() {
    Scene scene = scene().health(Outcome.CLOSED);
    assertThat(scene.faults()).containsExactly(FindingCode.HEALTH_CLOSED);
    assertThat(scene.finding(FindingCode.HEALTH_CLOSED).severity()).isEqualTo(Severity.CRITICAL);
    assertThat(scene.verdict()).isEqualTo(Verdict.DEGRADED);
  }

  @Test
  void standsInTheHeadline() {
    assertThat(scene().health(Outcome.CLOSED).judgement().headline())
        .endsWith("the server closes the health check's connection.");
  }

  @Test
  void onAGuessIsNoVerdict() {
    Scene scene = scene().health(Outcome.CLOSED).assumed();
    assertThat(scene.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(scene.finding(FindingCode.HEALTH_CLOSED).confidence()).isEqualTo(Confidence.LIKELY);
    assertThat(scene.finding(FindingCode.HEALTH_CLOSED).severity()).isEqualTo(Severity.WARNING);
  }
}
