// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpState;
import io.tcptable.TcpTimer;
import io.tcptable.diagnose.Finding.Severity;
import org.junit.jupiter.api.Test;

class PeerNotReadingTest {

  private final SceneProcess server = new SceneProcess(100);

  private final Scene scene = new Scene().with(server).with(listener(server));

  private SceneSocket connection(TcpState state) {
    return SceneSocket.of(state, server);
  }

  @Test
  void countsWhatIsNotAcknowledged() {
    scene.with(6, connection(TcpState.ESTABLISHED).queue(0, 5_000).timer(TcpTimer.Kind.PROBE, 3));
    Finding finding = scene.finding(FindingCode.PEER_NOT_READING);
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.evidence())
        .containsEntry("connections", 6L)
        .containsEntry("windowClosed", 6L)
        .containsEntry("unacknowledgedBytes", 30_000L);
    assertThat(scene.judgement().headline())
        .isEqualTo("Port 3001 answers, but clients do not read what they are sent.");
  }

  @Test
  void isNotDataOnItsWay() {
    scene.with(
        6, connection(TcpState.ESTABLISHED).queue(0, 5_000).timer(TcpTimer.Kind.RETRANSMIT, 0));
    assertThat(scene.codes()).isEmpty();
  }
}
