// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpState;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import org.junit.jupiter.api.Test;

class AcceptQueueFullTest {

  private final SceneProcess server = new SceneProcess(100);

  private final Scene scene = new Scene().with(server);

  @Test
  void thatDoesNotMoveIsCritical() {
    scene
        .with(listener(server).queue(129, 128))
        .with(129, SceneSocket.waiting())
        .health(Outcome.CONNECT_TIMEOUT);

    assertThat(scene.faults())
        .containsExactly(FindingCode.ACCEPT_QUEUE_FULL, FindingCode.HEALTH_CONNECT_TIMEOUT);
    Finding finding = scene.finding(FindingCode.ACCEPT_QUEUE_FULL);
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.seen()).isEqualTo("accept queue of 127.0.0.1:3001 full: 129 of 128");
    assertThat(finding.pids()).containsExactly(100L);
    assertThat(finding.evidence())
        .containsEntry("waiting", 129L)
        .containsEntry("limit", 128L)
        .containsEntry("waitingBefore", 129L);
    assertThat(scene.verdict()).isEqualTo(Verdict.HANGING);
  }

  @Test
  void thatMovesIsOverload() {
    scene
        .with(listener(server).queue(129, 128))
        .with(100, SceneSocket.waiting().isNew())
        .with(29, SceneSocket.waiting())
        .waitingBefore(129);
    assertThat(scene.faults()).containsExactly(FindingCode.ACCEPT_QUEUE_FULL);
    assertThat(scene.finding(FindingCode.ACCEPT_QUEUE_FULL).severity()).isEqualTo(Severity.WARNING);
  }

  @Test
  void thatWasFullForAMomentIsNoFault() {
    scene
        .with(listener(server).queue(129, 128).before(20, 128))
        .with(129, SceneSocket.waiting().isNew())
        .waitingBefore(20);
    assertThat(scene.codes()).isEmpty();
  }

  @Test
  void ofConnectionsThatClientsHaveGivenUpIsNoLoad() {
    scene
        .with(listener(server).queue(6, 5))
        .with(SceneSocket.waiting())
        .with(1, SceneSocket.of(TcpState.CLOSE_WAIT))
        .health(Outcome.CONNECT_TIMEOUT);
    Finding finding = scene.finding(FindingCode.ACCEPT_QUEUE_FULL);
    assertThat(finding.seen())
        .isEqualTo(
            "accept queue of 127.0.0.1:3001 full: 6 of 5, 5 of them given up by their clients");
    assertThat(finding.evidence()).containsEntry("givenUp", 5L);
    assertThat(finding.meaning()).endsWith("it is not full of load.");
  }
}
