// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.process.PortPolicy;
import org.junit.jupiter.api.Test;

/** What {@code netsh} prints, whatever the language. */
class PortRangesTest {

  private static final String EXCLUDED =
      """

      Protocol tcp Port Exclusion Ranges

      Start Port    End Port
      ----------    --------
            2869        2869
            2969        3068
            8080        8080     *

      * - Administered port exclusions.

      """
          .replace("\n", "\r\n");

  private static final String DYNAMIC =
      """

      Dynamischer Portbereich des Protokolls tcp
      ---------------------------------
      Startport       : 49152
      Anzahl von Ports: 16384

      """
          .replace("\n", "\r\n");

  @Test
  void rangesThatNobodyGetsAndThoseKeptForServers() {
    PortPolicy ports =
        PortRanges.read(
            question ->
                switch (question) {
                  case "interface ipv4 show excludedportrange tcp" -> EXCLUDED;
                  case "interface ipv4 show dynamicport tcp" -> DYNAMIC;
                  default -> "";
                });
    assertThat(ports.excluded())
        .containsExactly(new PortPolicy.Range(2869, 2869), new PortPolicy.Range(2969, 3068));
    assertThat(ports.reserved()).containsExactly(new PortPolicy.Range(8080, 8080));
    assertThat(ports.lowestLocal()).hasValue(49_152);
    assertThat(ports.highestLocal()).hasValue(65_535);
    assertThat(ports.firstUnprivileged()).isEmpty();
  }

  @Test
  void withoutAnAnswerNothingIsKnown() {
    PortPolicy ports = PortRanges.read(question -> "");
    assertThat(ports.excluded()).isEmpty();
    assertThat(ports.reserved()).isEmpty();
    assertThat(ports.lowestLocal()).isEmpty();
    assertThat(ports.highestLocal()).isEmpty();
  }
}
