// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpState;
import org.junit.jupiter.api.Test;

class FinWaitPileupTest {

  private final SceneProcess server = new SceneProcess(100);

  private final Scene scene = new Scene().with(server).with(listener(server));

  private SceneSocket connection(TcpState state) {
    return SceneSocket.of(state, server);
  }

  @Test
  void countsThoseThatTheServerStillOwns() {
    scene.with(250, connection(TcpState.FIN_WAIT_2));
    Finding finding = scene.finding(FindingCode.FIN_WAIT_PILEUP);
    assertThat(finding.evidence()).containsEntry("finWait2", 250L).containsEntry("owned", 250L);
    assertThat(finding.meaning()).contains("as long as the application runs");
  }

  @Test
  void ofThoseThatOnlyTheKernelKeepsEnds() {
    scene.with(250, SceneSocket.of(TcpState.FIN_WAIT_2));
    assertThat(scene.finding(FindingCode.FIN_WAIT_PILEUP).meaning()).contains("tcp_fin_timeout");
  }
}
