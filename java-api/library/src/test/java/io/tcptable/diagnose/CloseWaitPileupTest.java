// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpState;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CloseWaitPileupTest {

  private final SceneProcess server = new SceneProcess(100);

  private final Scene scene = new Scene().with(server).with(listener(server));

  private SceneSocket connection(TcpState state) {
    return SceneSocket.of(state, server);
  }

  @Test
  void countsThemByOwner() {
    scene.with(12, connection(TcpState.CLOSE_WAIT).silentFor(Duration.ofMinutes(5)));

    Finding finding = scene.finding(FindingCode.CLOSE_WAIT_PILEUP);
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.pids()).containsExactly(100L);
    assertThat(finding.seen()).isEqualTo("12 connections in CLOSE_WAIT, silent for up to 5m00s");
    assertThat(finding.cause()).isEqualTo("12 connections are not closed");
    assertThat(finding.evidence())
        .containsEntry("closeWait", 12L)
        .containsEntry("oldestMillis", 300_000L)
        .containsEntry("100", 12L);
    assertThat(scene.verdict()).isEqualTo(Verdict.DEGRADED);
  }

  @Test
  void thatGrowsIsWorse() {
    scene
        .with(12, connection(TcpState.CLOSE_WAIT))
        .with(3, connection(TcpState.CLOSE_WAIT).was(TcpState.ESTABLISHED));
    Finding finding = scene.finding(FindingCode.CLOSE_WAIT_PILEUP);
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.seen()).contains("15 connections").contains("3 more within 1s");
  }

  @Test
  void ofAFewIsNoFault() {
    scene.with(4, connection(TcpState.CLOSE_WAIT));
    assertThat(scene.codes()).isEmpty();
  }

  @Test
  void ofManyThatHaveOnlyJustComeIsNoFault() {
    scene
        .with(100, connection(TcpState.CLOSE_WAIT).isNew())
        .with(100, connection(TcpState.CLOSE_WAIT).was(TcpState.ESTABLISHED));
    assertThat(scene.codes()).isEmpty();
  }

  @Test
  void hasNoneThatWereNotAccepted() {
    scene.with(20, SceneSocket.of(TcpState.CLOSE_WAIT)).health(Outcome.NO_RESPONSE);
    assertThat(scene.faults())
        .containsExactly(FindingCode.NOT_ACCEPTING, FindingCode.HEALTH_NO_RESPONSE);
  }

  @Test
  void ofRequestsThatWereNeverReadIsAnEffectOfTheHangAndNoLeak() {
    scene.with(12, connection(TcpState.CLOSE_WAIT).queue(101, 0)).health(Outcome.NO_RESPONSE);
    Finding finding = scene.finding(FindingCode.CLOSE_WAIT_PILEUP);
    assertThat(scene.faults())
        .containsExactly(
            FindingCode.NOT_READING, FindingCode.CLOSE_WAIT_PILEUP, FindingCode.HEALTH_NO_RESPONSE);
    assertThat(finding.cause()).isEqualTo("12 clients have given up");
    assertThat(finding.meaning())
        .startsWith(
            "The clients have closed these connections before the application has read their"
                + " requests. This is an effect of the hang, not a leak.");
    assertThat(finding.advice().toString()).doesNotContain("forgets to close");
    assertThat(finding.evidence()).containsEntry("unread", 12L);
  }

  @Test
  void ofConnectionsWhoseEndAloneIsUnreadIsALeak() {
    scene.with(12, connection(TcpState.CLOSE_WAIT).queue(1, 0));
    Finding finding = scene.finding(FindingCode.CLOSE_WAIT_PILEUP);
    assertThat(scene.faults()).containsExactly(FindingCode.CLOSE_WAIT_PILEUP);
    assertThat(finding.cause()).isEqualTo("12 connections are not closed");
    assertThat(finding.advice().toString()).contains("forgets to close");
  }

  @Test
  void ofAServerThatHangsMayBeAnEffect() {
    scene.with(12, connection(TcpState.CLOSE_WAIT).queue(1, 0)).health(Outcome.NO_RESPONSE);
    Finding finding = scene.finding(FindingCode.CLOSE_WAIT_PILEUP);
    assertThat(finding.meaning()).contains("This may be an effect of the hang.");
    assertThat(finding.advice().toString()).contains("Find out why it does not answer.");
  }
}
