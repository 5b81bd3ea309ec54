// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S,        0ms",
    "PT0.00025S,  250us",
    "PT0.00905S,  9.0ms",
    "PT0.010400S, 10ms",
    "PT0.999S,    999ms",
    "PT1S,        1s",
    "PT4.29S,     4.3s",
    "PT4.98S,     5s",
    "PT9.97S,     10s",
    "PT10.97S,    10s",
    "PT59.9S,     59s",
    "PT61S,       1m01s",
    "PT1H5M,      1h05m",
    "P1DT2H,      1d02h",
    "P400D,       400d00h",
  })
  void isShort(Duration duration, String text) {
    assertThat(DurationText.of(duration)).isEqualTo(text);
  }
}
