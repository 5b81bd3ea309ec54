// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.health.HealthResult.Outcome;
import org.junit.jupiter.api.Test;

class LoopbackDownTest {

  private static final Surroundings DOWN =
      new SceneSurroundings().listenedBefore(100).loopbackDown().seen();

  private final SceneProcess server = new SceneProcess(100);

  @Test
  void isTheOnlyFault() {
    Scene scene =
        new Scene().with(server).with(listener(server)).in(DOWN).health(Outcome.UNREACHABLE);
    assertThat(scene.faults()).containsExactly(FindingCode.LOOPBACK_DOWN);
    assertThat(scene.verdict()).isEqualTo(Verdict.DOWN);
    assertThat(scene.judgement().headline())
        .isEqualTo("Port 3001 is down: the loopback interface is down.");
    assertThat(scene.finding(FindingCode.LOOPBACK_DOWN).advice())
        .extracting(advice -> advice.text())
        .containsExactly("sudo ip link set lo up");
  }

  @Test
  void isNoFaultOfAPortWithoutAListener() {
    assertThat(new Scene().in(new SceneSurroundings().loopbackDown()).codes())
        .doesNotContain(FindingCode.LOOPBACK_DOWN);
  }
}
