package io.tcptable.internal.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProcStatTest {

  @Test
  void readsTheFieldsThatTellFamilyAndImage() {
    ProcStat stat =
        stat(
            "19508 (python3) S 19500 19501 19502 34816 19508 4194304 99 0 0 0 0 0 0 0 20 0 1 0"
                + " 145386 3133440 407 18446744073709551615 94634294206464 94634294226345"
                + " 140725277426032 0 0");
    assertThat(stat.isComplete()).isTrue();
    assertThat(stat.state()).isEqualTo('S');
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
    assertThat(stat.state()).isEqualTo('T');
    assertThat(stat.parent()).isEqualTo(4);
    assertThat(stat.stack()).isEqualTo(77);
  }

  @Test
  void knowsWhenTheLineIsCutOff() {
    assertThat(stat("7 (a) R 1 2 3").isComplete()).isFalse();
    assertThat(stat("").isComplete()).isFalse();
  }

  private static ProcStat stat(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return new ProcStat(ByteBuffer.wrap(bytes), bytes.length);
  }
}
