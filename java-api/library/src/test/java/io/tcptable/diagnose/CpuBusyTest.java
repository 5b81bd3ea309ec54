// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.health.HealthResult.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CpuBusyTest {

  private final SceneProcess server = new SceneProcess(100);
  private final Scene scene = new Scene().with(server).with(listener(server));

  @Test
  void isTheCauseOfAHangAndNamesTheShareOfTheCpu() {
    scene.with(server, running(100, 970, 10)).health(Outcome.NO_RESPONSE);
    Finding finding = scene.finding(FindingCode.CPU_BUSY);
    assertThat(finding.seen()).isEqualTo("python3(100) used 97 % of a CPU for 1s");
    assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
    assertThat(finding.evidence()).containsEntry("cpuPercent", 97L);
    assertThat(finding.advice()).extracting(it -> it.text()).contains("py-spy dump --pid 100");
    assertThat(scene.judgement().headline())
        .isEqualTo(
            "Port 3001 hangs: its process is busy: 97 % of a CPU and the health check gets no"
                + " answer.");
  }

  @Test
  void countsTheWaitForACpuThatOthersUse() {
    scene.with(server, running(100, 300, 650)).health(Outcome.NO_RESPONSE);
    assertThat(scene.finding(FindingCode.CPU_BUSY).seen())
        .isEqualTo(
            "python3(100) used 30 % of a CPU for 1s and waited for a CPU for 65 % of that"
                + " time");
  }

  @Test
  void ofOneThreadOfManyIsOneExplanation() {
    scene.with(server, running(100, 0, 0)).with(server, running(101, 990, 0));
    scene.health(Outcome.NO_RESPONSE);
    Finding finding = scene.finding(FindingCode.CPU_BUSY);
    assertThat(finding.confidence()).isEqualTo(Confidence.POSSIBLE);
    assertThat(finding.seen())
        .isEqualTo("thread worker(101) of python3(100) used 99 % of a CPU for 1s");
  }

  @Test
  void isNoFaultOfAServerThatAnswersOrThatComputesForAShortTime() {
    scene.with(server, running(100, 990, 0));
    assertThat(scene.codes()).isEmpty();
    Scene other = new Scene().with(server).with(listener(server));
    other.with(server, running(100, 400, 100)).health(Outcome.NO_RESPONSE);
    assertThat(other.faults()).containsExactly(FindingCode.HEALTH_NO_RESPONSE);
  }

  private static ThreadEvidence running(long id, int computed, int waited) {
    return SceneThread.running(id, Duration.ofMillis(computed), Duration.ofMillis(waited));
  }
}
