// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReloaderParentTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void isNamedWithWhatItStarted() {
    SceneProcess reloader = new SceneProcess(90);
    server.startedBy(reloader);
    Scene scene = scene().with(reloader);
    Finding finding = scene.finding(FindingCode.RELOADER_PARENT);
    assertThat(finding.pids()).containsExactly(90L, 100L);
    assertThat(finding.evidence()).containsEntry("parent", 90L).containsEntry("children", 1L);
    assertThat(scene.faults()).isEmpty();
  }

  @Test
  void isNoShell() {
    SceneProcess shell = new SceneProcess(90).runs("/bin/bash");
    server.startedBy(shell);
    assertThat(scene().with(shell).codes()).isEmpty();
  }
}
