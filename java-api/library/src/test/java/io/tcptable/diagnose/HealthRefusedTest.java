// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import org.junit.jupiter.api.Test;

class HealthRefusedTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void isTheOnlyFault() {
    Scene scene = scene().health(Outcome.REFUSED);
    assertThat(scene.faults()).containsExactly(FindingCode.HEALTH_REFUSED);
    assertThat(scene.finding(FindingCode.HEALTH_REFUSED).severity()).isEqualTo(Severity.CRITICAL);
    assertThat(scene.verdict()).isEqualTo(Verdict.DOWN);
  }

  @Test
  void pointsToAFirewallAtTheAddressOfTheListener() {
    assertThat(scene().health(Outcome.REFUSED).finding(FindingCode.HEALTH_REFUSED).meaning())
        .contains("firewall");
  }

  @Test
  void isNoFindingWhereNobodyListens() {
    assertThat(new Scene().health(Outcome.REFUSED).codes())
        .containsExactly(FindingCode.NOBODY_LISTENING);
  }
}
