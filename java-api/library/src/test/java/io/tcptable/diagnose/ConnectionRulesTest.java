// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpState;
import io.tcptable.TcpTimer;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.diagnose.Observations.Clients;
import io.tcptable.health.HealthResult.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionRulesTest {

  private final SceneProcess server = new SceneProcess(100);
  private final Scene scene = new Scene().with(server).with(listener(server));

  private SceneSocket connection(TcpState state) {
    return SceneSocket.of(state, server);
  }

  @Test
  void connectionsThatAreNotClosedPileUp() {
    scene.with(12, connection(TcpState.CLOSE_WAIT).silentFor(Duration.ofMinutes(5)));

    Finding finding = scene.finding(FindingCode.CLOSE_WAIT_PILEUP);
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.pids()).containsExactly(100L);
    assertThat(finding.seen()).isEqualTo("12 connections in CLOSE_WAIT, silent for up to 5m00s");
    assertThat(finding.evidence())
        .containsEntry("closeWait", 12L)
        .containsEntry("oldestMillis", 300_000L)
        .containsEntry("100", 12L);
    assertThat(scene.verdict()).isEqualTo(Verdict.DEGRADED);
  }

  @Test
  void aPileThatGrowsIsWorse() {
    scene
        .with(12, connection(TcpState.CLOSE_WAIT))
        .with(3, connection(TcpState.CLOSE_WAIT).was(TcpState.ESTABLISHED));
    Finding finding = scene.finding(FindingCode.CLOSE_WAIT_PILEUP);
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.seen()).contains("15 connections").contains("3 more within 1s");
  }

  @Test
  void aFewAreNoFault() {
    scene.with(4, connection(TcpState.CLOSE_WAIT));
    assertThat(scene.codes()).isEmpty();
  }

  @Test
  void manyThatHaveOnlyJustComeAreNoFault() {
    scene
        .with(100, connection(TcpState.CLOSE_WAIT).isNew())
        .with(100, connection(TcpState.CLOSE_WAIT).was(TcpState.ESTABLISHED));
    assertThat(scene.codes()).isEmpty();
  }

  @Test
  void thoseNotYetAcceptedAreNotTheApplicationsToClose() {
    scene.with(20, SceneSocket.of(TcpState.CLOSE_WAIT)).health(Outcome.NO_RESPONSE);
    assertThat(scene.faults())
        .containsExactly(FindingCode.NOT_ACCEPTING, FindingCode.HEALTH_NO_RESPONSE);
  }

  @Test
  void dataThatIsNotReadIsAFault() {
    scene.with(8, connection(TcpState.ESTABLISHED).queue(100, 0)).health(Outcome.NO_RESPONSE);
    Finding finding = scene.finding(FindingCode.NOT_READING);
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.seen()).isEqualTo("800 bytes on 8 connections unread for at least 1s");
  }

  @Test
  void dataThatIsBeingReadOrStillComesIsNoFault() {
    scene
        .with(8, connection(TcpState.ESTABLISHED).queue(100, 0).before(500, 0))
        .with(8, connection(TcpState.ESTABLISHED).queue(100, 0).before(0, 0))
        .with(8, connection(TcpState.ESTABLISHED).queue(100, 0).isNew())
        .with(8, connection(TcpState.ESTABLISHED).queue(100, 0).silentFor(Duration.ofMillis(20)));
    assertThat(scene.codes()).isEmpty();
  }

  @Test
  void theProbesOwnRequestUnreadIsEnough() {
    scene
        .with(
            connection(TcpState.ESTABLISHED)
                .from(40_000)
                .queue(91, 0)
                .isNew()
                .silentFor(Duration.ofMillis(900)))
        .health(Outcome.NO_RESPONSE);
    assertThat(scene.finding(FindingCode.NOT_READING).seen())
        .isEqualTo("the health probe's request, 91 bytes, unread for at least 900ms");
    assertThat(scene.verdict()).isEqualTo(Verdict.HANGING);
  }

  @Test
  void aBusyHealthyServerHasNoFault() {
    scene
        .with(4_800, connection(TcpState.ESTABLISHED))
        .with(4, connection(TcpState.ESTABLISHED).queue(100, 0))
        .with(50, connection(TcpState.ESTABLISHED).queue(300, 0).silentFor(Duration.ofMillis(2)))
        .with(100, connection(TcpState.ESTABLISHED).queue(0, 9_000).before(0, 4_000))
        .with(
            20, connection(TcpState.ESTABLISHED).queue(0, 9_000).timer(TcpTimer.Kind.RETRANSMIT, 2))
        .with(3, connection(TcpState.CLOSE_WAIT))
        .with(150, SceneSocket.of(TcpState.FIN_WAIT_2))
        .with(40, SceneSocket.of(TcpState.LAST_ACK))
        .with(2_000, SceneSocket.of(TcpState.TIME_WAIT))
        .with(10, SceneSocket.of(TcpState.SYN_RECEIVED).isNew())
        .with(3, SceneSocket.waiting().isNew());
    assertThat(scene.codes()).isEmpty();
    assertThat(scene.verdict()).isEqualTo(Verdict.HEALTHY);
  }

  @Test
  void peersThatDoNotReadAreTold() {
    scene.with(6, connection(TcpState.ESTABLISHED).queue(0, 5_000).timer(TcpTimer.Kind.PROBE, 3));
    Finding finding = scene.finding(FindingCode.PEER_NOT_READING);
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.evidence())
        .containsEntry("connections", 6L)
        .containsEntry("windowClosed", 6L)
        .containsEntry("unacknowledgedBytes", 30_000L);
  }

  @Test
  void dataOnItsWayIsNoFault() {
    scene.with(
        6, connection(TcpState.ESTABLISHED).queue(0, 5_000).timer(TcpTimer.Kind.RETRANSMIT, 0));
    assertThat(scene.codes()).isEmpty();
  }

  @Test
  void closingConnectionsPileUp() {
    scene.with(250, connection(TcpState.FIN_WAIT_2));
    assertThat(scene.finding(FindingCode.FIN_WAIT_PILEUP).evidence())
        .containsEntry("finWait2", 250L)
        .containsEntry("owned", 250L);
  }

  @Test
  void orphansAreCountedOnThePortAndAgainstTheLimit() {
    assertThat(
            new Scene()
                .with(server)
                .with(listener(server))
                .with(250, SceneSocket.of(TcpState.FIN_WAIT_1))
                .faults())
        .containsExactly(FindingCode.ORPHANS);
    assertThat(
            scene
                .counters(Scene.counters(0, 0, 950), Scene.counters(0, 0, 950))
                .finding(FindingCode.ORPHANS)
                .evidence())
        .containsEntry("orphans", 950L)
        .containsEntry("limit", 1000L);
  }

  @Test
  void localPortsRunOut() {
    scene.clients(new Clients("127.0.0.1:3001", 28_000, 27_000));
    Finding finding = scene.finding(FindingCode.PORTS_EXHAUSTED);
    assertThat(finding.seen())
        .isEqualTo("28000 of 28232 local ports in use for connections to 127.0.0.1:3001");
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
  }
}
