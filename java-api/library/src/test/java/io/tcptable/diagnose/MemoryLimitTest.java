// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.diagnose.Finding.Severity;
import org.junit.jupiter.api.Test;

class MemoryLimitTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void tellsHowMuchIsUsed() {
    server.memory(950L << 20, 1000L << 20);
    Finding finding = scene().finding(FindingCode.MEMORY_LIMIT);
    assertThat(finding.seen())
        .isEqualTo("the control group of python3(100) uses 950.0 MiB of 1000.0 MiB");
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.evidence()).containsKeys("usedBytes", "limitBytes", "residentBytes");
  }

  @Test
  void isNoFaultOfAGroupWithEnoughLeft() {
    server.memory(800L << 20, 1000L << 20);
    assertThat(scene().codes()).isEmpty();
  }
}
