// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.TcpState;
import org.junit.jupiter.api.Test;

class SynBacklogTest {

  private final SceneProcess server = new SceneProcess(100);

  private final Scene scene = new Scene().with(server);

  @Test
  void countsHalfOpenConnections() {
    scene
        .with(listener(server))
        .with(70, SceneSocket.of(TcpState.SYN_RECEIVED))
        .with(10, SceneSocket.of(TcpState.SYN_RECEIVED).isNew());
    assertThat(scene.faults()).containsExactly(FindingCode.SYN_BACKLOG);
    Finding finding = scene.finding(FindingCode.SYN_BACKLOG);
    assertThat(finding.evidence()).containsEntry("halfOpen", 80L).containsEntry("limit", 128L);
    assertThat(finding.advice())
        .containsExactly(new Advice.ListOfPort(3001, TcpState.SYN_RECEIVED));
  }

  @Test
  void isNoFloodAtAFullAcceptQueue() {
    scene
        .with(listener(server).queue(129, 128))
        .with(129, SceneSocket.waiting())
        .with(80, SceneSocket.of(TcpState.SYN_RECEIVED));
    assertThat(scene.faults()).containsExactly(FindingCode.ACCEPT_QUEUE_FULL);
  }
}
