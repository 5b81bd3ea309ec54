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

class HeadlineTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HANGING  | it sleeps | Port 3001 hangs: it sleeps.
          DOWN     | it sleeps | Port 3001 is down: it sleeps.
          DEGRADED | it sleeps,it dreams | Port 3001 answers, but it sleeps and it dreams.
          HANGING  | a,b,c,d   | Port 3001 hangs: a, b and c.
          HANGING  | a,a,b     | Port 3001 hangs: a and b.
          UNKNOWN  | ''        | Port 3001 cannot be judged.
          DEGRADED | ''        | Port 3001 answers, but not well.
          """)
  void namesTheFirstCauses(Verdict verdict, String causes, String headline) {
    List<Finding> findings = Arrays.stream(causes.split(",")).map(HeadlineTest::fault).toList();
    assertThat(Headline.of(verdict, new Scene().evidence(), findings)).isEqualTo(headline);
  }

  @Test
  void hasNothingOfWhatIsNoFault() {
    Finding information =
        new Finding.Builder(FindingCode.LISTEN_DROPS, Severity.INFO, Confidence.POSSIBLE)
            .cause("it sleeps")
            .done();
    assertThat(Headline.of(Verdict.HANGING, new Scene().evidence(), List.of(information)))
        .isEqualTo("Port 3001 hangs.");
  }

  private static Finding fault(String cause) {
    return new Finding.Builder(
            FindingCode.HEALTH_NO_RESPONSE, Severity.CRITICAL, Confidence.CERTAIN)
        .cause(cause)
        .done();
  }
}
