// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TcpStateTest {

  @ParameterizedTest
  @EnumSource
  void itsOwnNameInAnySpelling(TcpState state) {
    assertThat(TcpState.parse(state.name())).isEqualTo(state);
    assertThat(TcpState.parse(state.name().toLowerCase(Locale.ROOT))).isEqualTo(state);
    assertThat(TcpState.parse(state.name().replace('_', '-'))).isEqualTo(state);
    assertThat(TcpState.parse(state.name().replace('_', ' '))).isEqualTo(state);
    assertThat(TcpState.parse(state.name().replace("_", ""))).isEqualTo(state);
  }

  /** As ss, netstat on Linux, on Windows and on BSD, and the kernel write them. */
  @ParameterizedTest
  @CsvSource({
    "ESTAB, ESTABLISHED",
    "estab, ESTABLISHED",
    "SYN-SENT, SYN_SENT",
    "SYN-RECV, SYN_RECEIVED",
    "SYN_RECV, SYN_RECEIVED",
    "SYN_RCVD, SYN_RECEIVED",
    "NEW_SYN_RECV, NEW_SYN_RECEIVED",
    "FIN-WAIT-1, FIN_WAIT_1",
    "FIN_WAIT1, FIN_WAIT_1",
    "FIN_WAIT2, FIN_WAIT_2",
    "fin-wait-2, FIN_WAIT_2",
    "TIME-WAIT, TIME_WAIT",
    "close-wait, CLOSE_WAIT",
    "LAST-ACK, LAST_ACK",
    "LISTENING, LISTEN",
    "UNCONN, CLOSED",
    "CLOSE, CLOSED",
    "BOUND, CLOSED"
  })
  void theNamesOfOtherTools(String name, TcpState state) {
    assertThat(TcpState.parse(name)).isEqualTo(state);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-", "FIN", "FIN_WAIT", "FIN_WAIT_3", "10", "LISTEN!", "CLOS"})
  void whatIsNoStateIsNamedInTheError(String name) {
    assertThatThrownBy(() -> TcpState.parse(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a TCP state: " + name);
  }

  /** In upper case, the Turkish i would get a dot. */
  @Test
  void theNameDoesNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr"));
    try {
      assertThat(TcpState.parse("time_wait")).isEqualTo(TcpState.TIME_WAIT);
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theNumberOfTheKernelGivesBackTheState(TcpState state) {
    assertThat(TcpState.ofNumber(state.number())).isEqualTo(state);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 13, 32, 42, 255})
  void aNumberWithoutNameIsUnknown(int number) {
    assertThat(TcpState.ofNumber(number)).isEqualTo(TcpState.UNKNOWN);
  }

  @Test
  void everyNumberBelongsToOneState() {
    int union = 0;
    for (TcpState state : TcpState.values()) {
      assertThat(union & state.mask()).as("shared with %s", state).isZero();
      union |= state.mask();
    }
    assertThat(union).isEqualTo(~0);
  }
}
