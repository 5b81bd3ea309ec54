// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        7,
        999,
        1000,
        12_345,
        999_999,
        1_234_567,
        -1,
        -999,
        -1000,
        -123_456,
        Long.MAX_VALUE,
        Long.MIN_VALUE
      })
  void numbersAsTheJdkGroupsThem(long number) {
    assertThat(Quantities.number(number)).isEqualTo(String.format(Locale.ROOT, "%,d", number));
  }
}
