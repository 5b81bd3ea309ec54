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

  /** As systemd does for a service that it has started. */
  @Test
  void isNotSharedWithWhoHoldsItForTheServer() {
    SceneProcess manager = new SceneProcess(90).runs("/usr/lib/systemd/systemd", "--user");
    Scene scene = new Scene().with(server, manager).with(listener(server, manager));
    assertThat(scene.codes()).doesNotContain(FindingCode.SHARED_LISTENER);
    SceneProcess worker = new SceneProcess(101).forkedBy(server);
    Scene workers = scene.with(worker).with(listener(server, worker, manager));
    assertThat(workers.finding(FindingCode.SHARED_LISTENER).pids()).containsExactly(100L, 101L);
  }
}
