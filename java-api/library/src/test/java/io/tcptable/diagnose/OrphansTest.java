// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpState;
import org.junit.jupiter.api.Test;

class OrphansTest {

  private final SceneProcess server = new SceneProcess(100);

  private final Scene scene = new Scene().with(server).with(listener(server));

  @Test
  void areCountedOnThePort() {
    scene.with(250, SceneSocket.of(TcpState.FIN_WAIT_1));
    assertThat(scene.faults()).containsExactly(FindingCode.ORPHANS);
    assertThat(scene.finding(FindingCode.ORPHANS).seen())
        .isEqualTo(
            "250 connections closed here but not acknowledged by the clients, 0 on all ports");
  }

  @Test
  void areHeldAgainstTheLimitOfTheKernel() {
    scene.counters(Scene.counters(0, 0, 950), Scene.counters(0, 0, 950));
    assertThat(scene.finding(FindingCode.ORPHANS).evidence())
        .containsEntry("orphans", 950L)
        .containsEntry("limit", 1000L);
  }
}
