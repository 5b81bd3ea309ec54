// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.diagnose.Finding.Severity;
import org.junit.jupiter.api.Test;

class ListenDropsTest {

  private final SceneProcess server = new SceneProcess(100);

  private final Scene scene = new Scene().with(server);

  @Test
  void areOfThisPortIfItsQueueIsFull() {
    scene
        .with(listener(server).queue(129, 128))
        .with(129, SceneSocket.waiting())
        .counters(Scene.counters(10, 10, 0), Scene.counters(14, 15, 0));
    Finding finding = scene.finding(FindingCode.LISTEN_DROPS);
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.seen()).isEqualTo("the kernel dropped 5 connection requests within 1s");
    assertThat(finding.evidence())
        .containsEntry("listenDrops", 5L)
        .containsEntry("listenOverflows", 4L);
  }

  @Test
  void ofAnotherPortAreOnlyMentioned() {
    scene.with(listener(server)).counters(Scene.counters(10, 10, 0), Scene.counters(11, 11, 0));
    assertThat(scene.faults()).isEmpty();
    assertThat(scene.finding(FindingCode.LISTEN_DROPS).pids()).isEmpty();
  }

  @Test
  void beforeTheFirstSampleAreNotMentioned() {
    scene.with(listener(server)).counters(Scene.counters(10, 10, 0), Scene.counters(10, 10, 0));
    assertThat(scene.codes()).isEmpty();
  }
}
