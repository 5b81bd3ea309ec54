// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import org.junit.jupiter.api.Test;

class HealthConnectTimeoutTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void isTheOnlyFault() {
    Scene scene = scene().health(Outcome.CONNECT_TIMEOUT);
    assertThat(scene.faults()).containsExactly(FindingCode.HEALTH_CONNECT_TIMEOUT);
    assertThat(scene.finding(FindingCode.HEALTH_CONNECT_TIMEOUT).severity())
        .isEqualTo(Severity.CRITICAL);
    assertThat(scene.verdict()).isEqualTo(Verdict.HANGING);
  }

  @Test
  void pointsToAFirewallUnlessTheQueueIsFull() {
    assertThat(
            scene()
                .health(Outcome.CONNECT_TIMEOUT)
                .finding(FindingCode.HEALTH_CONNECT_TIMEOUT)
                .advice())
        .containsExactly(new Advice.Command("nft list ruleset"));

    Scene full =
        new Scene()
            .with(server)
            .with(listener(server).queue(129, 128))
            .health(Outcome.CONNECT_TIMEOUT);
    assertThat(full.finding(FindingCode.HEALTH_CONNECT_TIMEOUT).advice())
        .containsExactlyElementsOf(SuggestedCommands.restart(full.evidence()));
  }
}
