// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import org.junit.jupiter.api.Test;

class HealthSlowTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void isTheOnlyFault() {
    Scene scene = scene().health(Outcome.SLOW);
    assertThat(scene.faults()).containsExactly(FindingCode.HEALTH_SLOW);
    assertThat(scene.finding(FindingCode.HEALTH_SLOW).severity()).isEqualTo(Severity.WARNING);
    assertThat(scene.verdict()).isEqualTo(Verdict.DEGRADED);
  }

  @Test
  void standsInTheHeadline() {
    assertThat(scene().health(Outcome.SLOW).judgement().headline())
        .endsWith("the health check takes too long.");
  }
}
