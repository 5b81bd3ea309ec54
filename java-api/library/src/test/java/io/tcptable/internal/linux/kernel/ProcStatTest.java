// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.table.ProcessIdentity;
import io.tcptable.process.ProcessStatus.State;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcStatTest {

  /** As Linux 6.18 writes it; the 22nd field is the start time, the 28th where the stack begins. */
  private static final String LINE =
      "19508 (python3) S 12321 12318 4792 0 -1 4194560 220 0 0 0 3 1 0 0 20 0 2 0 285335"
          + " 8437760 1024 18446744073709551615 4194304 7003705 140733193388032 0 0 0 0 16781312 2"
          + " 1 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n";

  @ParameterizedTest
  @ValueSource(strings = {"python3", "a b", ") S 1 (", "((", "))", "", "tcp/ä€", ") Z 1 1 1 1 1 1"})
  void readsWhateverTheNameHolds(String name) {
    ProcStat stat = stat(LINE.replace("python3", name));

    assertThat(stat.isComplete()).isTrue();
    ProcessIdentity identity = stat.identity(19508);
    assertThat(identity.name()).isEqualTo(name);
    assertThat(identity.start()).isEqualTo(285_335);
    assertThat(identity.startedAt()).isEqualTo(BootTime.plusTicks(285_335));
    assertThat(stat.holdsNothing()).isFalse();
  }

  @Test
  void knowsWhatHoldsNothing() {
    assertThat(stat(LINE.replace(" 4194560 ", " 2129984 ")).holdsNothing()).isTrue();
    assertThat(stat(LINE.replace(") S", ") Z").replace(" 20 0 2 ", " 20 0 1 ")).holdsNothing())
        .isTrue();
    assertThat(stat(LINE.replace(") S", ") Z")).holdsNothing()).isFalse();
  }

  @Test
  void aLineCutOffBeforeTheEndOfWhatIsReadIsNotComplete() {
    int stack = LINE.indexOf("140733193388032");
    for (int length = 0; length < LINE.length(); length++) {
      ProcStat stat = stat(LINE.substring(0, length));

      assertThat(stat.isComplete()).as("cut at %d", length).isEqualTo(length > stack + 15);
    }
  }

  @Test
  void aDamagedLineIsNotCompleteOrReadsAsSomething() {
    Random random = new Random(8);
    byte[] line = LINE.getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = line.clone();
      for (int i = random.nextInt(8); i >= 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      ProcStat stat = new ProcStat(ByteBuffer.wrap(damaged), random.nextInt(damaged.length + 1));
      if (stat.isComplete()) {
        stat.holdsNothing();
        assertThat(stat.identity(1).name()).isNotNull();
      }
    }
  }

  @Test
  void readsTheFieldsThatTellFamilyAndImage() {
    ProcStat stat =
        stat(
            "19508 (python3) S 19500 19501 19502 34816 19508 4194304 99 0 0 0 0 0 0 0 20 0 1 0"
                + " 145386 3133440 407 18446744073709551615 94634294206464 94634294226345"
                + " 140725277426032 0 0");
    assertThat(stat.isComplete()).isTrue();
    assertThat(stat.state()).isEqualTo(State.SLEEPING);
    assertThat(stat.parent()).isEqualTo(19500);
    assertThat(stat.group()).isEqualTo(19501);
    assertThat(stat.session()).isEqualTo(19502);
    assertThat(stat.stack()).isEqualTo(140725277426032L);
    assertThat(stat.identity(19508).start()).isEqualTo(145386);
    assertThat(stat.holdsNothing()).isFalse();
  }

  @Test
  void isNotFooledByAName() {
    ProcStat stat =
        stat("7 (a) R 1 (b c) T 4 5 6 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 99 0 0 0 0 0 77 0 0");
    assertThat(stat.identity(7).name()).isEqualTo("a) R 1 (b c");
    assertThat(stat.state()).isEqualTo(State.STOPPED);
    assertThat(stat.parent()).isEqualTo(4);
    assertThat(stat.stack()).isEqualTo(77);
  }

  private static ProcStat stat(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return new ProcStat(ByteBuffer.wrap(bytes), bytes.length);
  }
}
