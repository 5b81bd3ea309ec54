// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpState;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NotReadingTest {

  private final SceneProcess server = new SceneProcess(100);

  private final Scene scene = new Scene().with(server).with(listener(server));

  private SceneSocket connection(TcpState state) {
    return SceneSocket.of(state, server);
  }

  @Test
  void isDataThatStaysInTheQueue() {
    scene.with(8, connection(TcpState.ESTABLISHED).queue(100, 0)).health(Outcome.NO_RESPONSE);
    Finding finding = scene.finding(FindingCode.NOT_READING);
    assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(finding.seen()).isEqualTo("800 bytes on 8 connections unread for at least 1s");
    assertThat(finding.evidence())
        .containsEntry("connections", 8L)
        .containsEntry("unreadBytes", 800L);
  }

  @Test
  void isNotDataThatIsBeingReadOrStillComes() {
    scene
        .with(8, connection(TcpState.ESTABLISHED).queue(100, 0).before(500, 0))
        .with(8, connection(TcpState.ESTABLISHED).queue(100, 0).before(0, 0))
        .with(8, connection(TcpState.ESTABLISHED).queue(100, 0).isNew())
        .with(8, connection(TcpState.ESTABLISHED).queue(100, 0).silentFor(Duration.ofMillis(20)));
    assertThat(scene.codes()).isEmpty();
  }

  @Test
  void isSeenByTheHealthChecksOwnRequest() {
    scene
        .with(
            connection(TcpState.ESTABLISHED)
                .from(40_000)
                .queue(91, 0)
                .isNew()
                .silentFor(Duration.ofMillis(900)))
        .health(Outcome.NO_RESPONSE);
    assertThat(scene.finding(FindingCode.NOT_READING).seen())
        .isEqualTo("the health check's request, 91 bytes, unread for at least 900ms");
    assertThat(scene.verdict()).isEqualTo(Verdict.HANGING);
  }
}
