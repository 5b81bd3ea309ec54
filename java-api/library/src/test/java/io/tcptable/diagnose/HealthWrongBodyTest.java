// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import org.junit.jupiter.api.Test;

class HealthWrongBodyTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void isTheOnlyFault() {
    Scene scene = scene().health(Outcome.WRONG_BODY);
    assertThat(scene.faults()).containsExactly(FindingCode.HEALTH_WRONG_BODY);
    assertThat(scene.finding(FindingCode.HEALTH_WRONG_BODY).severity())
        .isEqualTo(Severity.CRITICAL);
    assertThat(scene.verdict()).isEqualTo(Verdict.DEGRADED);
  }

  @Test
  void saysWhatItMeans() {
    assertThat(scene().health(Outcome.WRONG_BODY).finding(FindingCode.HEALTH_WRONG_BODY).meaning())
        .isEqualTo("The application answers, but not with the expected body.");
  }
}
