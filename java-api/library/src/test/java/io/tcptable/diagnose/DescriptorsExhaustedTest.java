// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static io.tcptable.diagnose.SceneSocket.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Advice;
import io.tcptable.diagnose.Finding.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorsExhaustedTest {

  private final SceneProcess server = new SceneProcess(100);

  private Scene scene() {
    return new Scene().with(server).with(listener(server));
  }

  @ParameterizedTest
  @CsvSource({"1024, 1024, CRITICAL", "930, 1024, WARNING"})
  void tellsHowManyAreOpen(long open, long limit, Severity severity) {
    server.descriptors(open, limit);
    Finding finding = scene().finding(FindingCode.DESCRIPTORS_EXHAUSTED);
    assertThat(finding.severity()).isEqualTo(severity);
    assertThat(finding.seen())
        .isEqualTo("python3(100) has " + open + " of " + limit + " descriptors open");
    assertThat(finding.evidence()).containsEntry("open", open).containsEntry("limit", limit);
    assertThat(finding.advice()).contains(new Advice.ListOfProcess(100));
  }

  @Test
  void isNoFaultOfAnOwnerWithEnoughLeft() {
    server.descriptors(900, 1024);
    assertThat(scene().codes()).isEmpty();
    server.descriptors(900, Long.MAX_VALUE);
    assertThat(scene().codes()).isEmpty();
  }
}
