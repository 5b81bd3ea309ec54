// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NotAcceptingTest {

  private final SceneProcess server = new SceneProcess(100);

  private final Scene scene = new Scene().with(server);

  @Test
  void isAFaultLongBeforeTheQueueIsFull() {
    scene
        .with(listener(server).queue(3, 128))
        .with(3, SceneSocket.waiting())
        .health(Outcome.NO_RESPONSE);
    Finding finding = scene.finding(FindingCode.NOT_ACCEPTING);
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.seen()).isEqualTo("3 connections not accepted within 1s");
    assertThat(finding.evidence()).containsEntry("waiting", 3L).containsEntry("waitingBefore", 3L);
  }

  @Test
  void namesOnlyTheServerWhoseQueueHoldsThem() {
    SceneProcess idle = new SceneProcess(200);
    scene
        .with(idle)
        .with(listener(server).queue(2, 128), listener(idle))
        .with(2, SceneSocket.waiting());
    assertThat(scene.finding(FindingCode.NOT_ACCEPTING).pids()).containsExactly(100L);
  }

  @Test
  void isSeenByTheHealthChecksOwnConnection() {
    scene
        .with(listener(server).queue(1, 128).before(0, 128))
        .with(
            SceneSocket.waiting()
                .from(40_000)
                .queue(91, 0)
                .isNew()
                .silentFor(Duration.ofMillis(950)))
        .health(Outcome.NO_RESPONSE);
    assertThat(scene.faults())
        .containsExactly(FindingCode.NOT_ACCEPTING, FindingCode.HEALTH_NO_RESPONSE);
    assertThat(scene.finding(FindingCode.NOT_ACCEPTING).seen())
        .isEqualTo("1 connection not accepted within 950ms");
  }

  @Test
  void isNoFaultIfThoseThatWaitedWereAccepted() {
    scene
        .with(listener(server).queue(2, 128).before(5, 128))
        .with(2, SceneSocket.waiting().isNew())
        .waitingBefore(5);
    assertThat(scene.codes()).isEmpty();
  }
}
