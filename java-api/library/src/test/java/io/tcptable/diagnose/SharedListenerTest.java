// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.diagnose.Finding.Severity;
import org.junit.jupiter.api.Test;

class SharedListenerTest {

  private final SceneProcess server = new SceneProcess(100);

  @Test
  void isNormalForWorkersOfOneServer() {
    SceneProcess worker = new SceneProcess(101).forkedBy(server);
    Scene scene = new Scene().with(server, worker).with(listener(server, worker));
    assertThat(scene.codes()).containsExactly(FindingCode.SHARED_LISTENER);
    Finding finding = scene.finding(FindingCode.SHARED_LISTENER);
    assertThat(finding.severity()).isEqualTo(Severity.INFO);
    assertThat(finding.seen())
        .isEqualTo("2 processes of one server listen together on 127.0.0.1:3001");
    assertThat(finding.pids()).containsExactly(100L, 101L);
  }
}
