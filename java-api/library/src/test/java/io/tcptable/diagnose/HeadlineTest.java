// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HeadlineTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HANGING  | DEADLOCK | Port 3001 hangs: its threads wait for each other.
          DOWN     | ADDRESS_MISMATCH | Port 3001 is down: it listens at another address than the one asked.
          DEGRADED | PEER_NOT_READING | Port 3001 answers, but clients do not take what they are sent.
          DEGRADED | FIN_WAIT_PILEUP,ORPHANS \
              | Port 3001 answers, but clients do not close their connections and closed connections do not come to their end.
          HANGING  | PROCESS_STOPPED,NOT_ACCEPTING,NOT_READING,HEALTH_NO_RESPONSE \
              | Port 3001 hangs: its process is stopped, connections are not accepted and requests are not read.
          UNKNOWN  | OWNER_UNKNOWN | Port 3001 cannot be judged.
          """)
  void saysTheWorstInOneSentence(Verdict verdict, String codes, String headline) {
    List<Finding> findings =
        Arrays.stream(codes.split(",")).map(FindingCode::valueOf).map(HeadlineTest::fault).toList();

    assertThat(Headline.of(verdict, new Scene().evidence(), findings)).isEqualTo(headline);
  }

  /** That of a finding says more, with names and figures. */
  @ParameterizedTest
  @EnumSource(
      value = FindingCode.class,
      names = {
        "OWNER_UNKNOWN",
        "SHARED_LISTENER",
        "SUPERVISED",
        "RELOADER_PARENT",
        "IN_CONTAINER",
        "OTHER_NAMESPACE",
        "OTHER_USER",
        "LOGS"
      },
      mode = EnumSource.Mode.EXCLUDE)
  void hasWordsOfItsOwnForEachFault(FindingCode code) {
    assertThat(Headline.of(Verdict.HANGING, new Scene().evidence(), List.of(fault(code))))
        .startsWith("Port 3001 hangs: ")
        .doesNotContain("what was seen");
  }

  @Test
  void counts() {
    Finding finding =
        new Finding.Builder(FindingCode.SEVERAL_SERVERS, Severity.CRITICAL, Confidence.CERTAIN)
            .figure("servers", 3)
            .done();

    assertThat(Headline.of(Verdict.HANGING, new Scene().evidence(), List.of(finding)))
        .isEqualTo("Port 3001 hangs: 3 independent servers listen.");
  }

  private static Finding fault(FindingCode code) {
    return new Finding.Builder(code, Severity.CRITICAL, Confidence.CERTAIN)
        .seen("what was seen")
        .done();
  }
}
