// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpState;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class QueueRulesTest {

  private final SceneProcess server = new SceneProcess(100);
  private final Scene scene = new Scene().with(server);

  @Test
  void aFullQueueThatDoesNotMoveIsCritical() {
    scene
        .with(listener(server).queue(129, 128))
        .with(129, SceneSocket.waiting())
        .health(Outcome.CONNECT_TIMEOUT)
        .counters(Scene.counters(10, 10, 0), Scene.counters(14, 15, 0));

    assertThat(scene.faults())
        .containsExactly(
            FindingCode.ACCEPT_QUEUE_FULL,
            FindingCode.HEALTH_CONNECT_TIMEOUT,
            FindingCode.LISTEN_DROPS);
    Finding finding = scene.finding(FindingCode.ACCEPT_QUEUE_FULL);
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.seen()).isEqualTo("accept queue of 127.0.0.1:3001 full: 129 of 128");
    assertThat(finding.pids()).containsExactly(100L);
    assertThat(scene.finding(FindingCode.LISTEN_DROPS).evidence())
        .containsEntry("listenDrops", 5L)
        .containsEntry("listenOverflows", 4L);
    assertThat(scene.verdict()).isEqualTo(Verdict.HANGING);
  }

  @Test
  void aFullQueueThatMovesIsOverload() {
    scene
        .with(listener(server).queue(129, 128))
        .with(100, SceneSocket.waiting().isNew())
        .with(29, SceneSocket.waiting())
        .waitingBefore(129);
    assertThat(scene.faults()).containsExactly(FindingCode.ACCEPT_QUEUE_FULL);
    assertThat(scene.finding(FindingCode.ACCEPT_QUEUE_FULL).severity()).isEqualTo(Severity.WARNING);
  }

  @Test
  void aQueueThatWasFullForAMomentIsNoFault() {
    scene
        .with(listener(server).queue(129, 128).before(20, 128))
        .with(129, SceneSocket.waiting().isNew())
        .waitingBefore(20);
    assertThat(scene.codes()).isEmpty();
  }

  @Test
  void connectionsThatAreNotAcceptedAreAFaultLongBeforeTheQueueIsFull() {
    scene
        .with(listener(server).queue(3, 128))
        .with(3, SceneSocket.waiting())
        .health(Outcome.NO_RESPONSE);
    Finding finding = scene.finding(FindingCode.NOT_ACCEPTING);
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.seen()).isEqualTo("3 connections not accepted within 1s");
  }

  @Test
  void onlyTheServerWhoseQueueHoldsThemIsNamed() {
    SceneProcess idle = new SceneProcess(200);
    scene
        .with(idle)
        .with(listener(server).queue(2, 128), listener(idle))
        .with(2, SceneSocket.waiting());
    assertThat(scene.finding(FindingCode.NOT_ACCEPTING).pids()).containsExactly(100L);
  }

  @Test
  void theProbesOwnConnectionIsEnough() {
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
  void connectionsThatWaitedAndWereAcceptedAreNoFault() {
    scene
        .with(listener(server).queue(2, 128).before(5, 128))
        .with(2, SceneSocket.waiting().isNew())
        .waitingBefore(5);
    assertThat(scene.codes()).isEmpty();
  }

  @Test
  void aFloodOfHalfOpenConnectionsIsTold() {
    scene
        .with(listener(server))
        .with(70, SceneSocket.of(TcpState.SYN_RECEIVED))
        .with(10, SceneSocket.of(TcpState.SYN_RECEIVED).isNew());
    assertThat(scene.faults()).containsExactly(FindingCode.SYN_BACKLOG);
    assertThat(scene.finding(FindingCode.SYN_BACKLOG).evidence())
        .containsEntry("halfOpen", 80L)
        .containsEntry("limit", 128L);
  }

  @Test
  void halfOpenConnectionsAtAFullQueueAreNoFlood() {
    scene
        .with(listener(server).queue(129, 128))
        .with(129, SceneSocket.waiting())
        .with(80, SceneSocket.of(TcpState.SYN_RECEIVED));
    assertThat(scene.faults()).containsExactly(FindingCode.ACCEPT_QUEUE_FULL);
  }

  @Test
  void dropsOfAnotherPortAreOnlyMentioned() {
    scene.with(listener(server)).counters(Scene.counters(10, 10, 0), Scene.counters(11, 11, 0));
    assertThat(scene.faults()).isEmpty();
    assertThat(scene.finding(FindingCode.LISTEN_DROPS).pids()).isEmpty();
  }

  @Test
  void dropsBeforeTheFirstLookAreNotMentioned() {
    scene.with(listener(server)).counters(Scene.counters(10, 10, 0), Scene.counters(10, 10, 0));
    assertThat(scene.codes()).isEmpty();
  }
}
