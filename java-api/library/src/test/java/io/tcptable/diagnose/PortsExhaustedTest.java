// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.diagnose.Finding.Severity;
import org.junit.jupiter.api.Test;

class PortsExhaustedTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @Test
  void countsThePortsOfTheMostUsedDestination() {
    Finding finding =
        scene()
            .clients(new Clients("127.0.0.1:3001", 28_000, 27_000))
            .finding(FindingCode.PORTS_EXHAUSTED);
    assertThat(finding.seen())
        .isEqualTo("28000 of 28232 local ports in use for connections to 127.0.0.1:3001");
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.evidence())
        .containsEntry("used", 28_000L)
        .containsEntry("available", 28_232L)
        .containsEntry("timeWait", 27_000L);
  }

  @Test
  void isCriticalOnceNoneIsLeft() {
    assertThat(
            scene()
                .clients(new Clients("127.0.0.1:3001", 28_232, 27_000))
                .finding(FindingCode.PORTS_EXHAUSTED)
                .severity())
        .isEqualTo(Severity.CRITICAL);
  }
}
