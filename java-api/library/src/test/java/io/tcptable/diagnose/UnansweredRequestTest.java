// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpTimer;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnansweredRequestTest {

  /** With one second more each time, or with twice the time, which a long remainder shows. */
  @ParameterizedTest
  @CsvSource({
    "0, 990, 10",
    "0, 0, 1000",
    "1, 1500, 1500",
    "1, 400, 1600",
    "2, 3000, 4000",
    "3, 100, 3900",
    "5, 31000, 32000",
  })
  void theAgeOfASynIsThatOfItsTimer(int retransmits, long remaining, long age) {
    TcpTimer timer =
        new TcpTimer(TcpTimer.Kind.RETRANSMIT, Duration.ofMillis(remaining), retransmits);
    assertThat(UnansweredRequest.ofSyn(timer)).hasMillis(age);
  }
}
