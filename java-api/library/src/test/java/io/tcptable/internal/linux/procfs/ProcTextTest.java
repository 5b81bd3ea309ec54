// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.procfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names in these texts are chosen by others. */
class ProcTextTest {

  /** What Java's own lines, and those of Unicode, end at besides. */
  @ParameterizedTest
  @ValueSource(
      strings = {"\r", "\r\r", "\u000b", "\f", "\u0085", "\u2028", "\u2029", "\0", "\u001e"})
  void aLineEndsAtALineFeedOnly(String other) {
    ProcText text = new ProcText("Name:\ta" + other + "TracerPid:\t7\nTracerPid:\t0\n");

    assertThat(text.lines()).containsExactly("Name:\ta" + other + "TracerPid:\t7", "TracerPid:\t0");
    assertThat(text.numberAfter("TracerPid:")).isZero();
    assertThat(new ProcText("a" + other + "b\nc").line()).isEqualTo("a" + other + "b");
  }

  @Test
  void emptyLinesCountAndTheLastNeedsNoEnd() {
    assertThat(new ProcText("a\n\nb").lines()).containsExactly("a", "", "b");
    assertThat(new ProcText("a\n\n").lines()).containsExactly("a", "");
    assertThat(ProcText.UNKNOWN.lines()).isEmpty();
    assertThat(new ProcText("\n").lines()).isEmpty();
    assertThat(ProcText.UNKNOWN.isUnknown()).isTrue();
  }

  /** Of a name that is too long, the kernel gives the first 15 bytes, wherever they end. */
  @Test
  void aNameThatIsCutWithinALetterLosesNothingElse() {
    for (String name : List.of("серверок", "服务器服务器", "🦀🦀🦀🦀", "aсерверо")) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      for (int length = 1; length <= Math.min(15, bytes.length); length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        ProcText text = ProcText.of(status(cut));
        assertThat(text.numberAfter("TracerPid:")).as(name + " of " + length).isEqualTo(42);
        assertThat(text.numberAfter("VmRSS:")).isEqualTo(1740);
      }
    }
  }

  private static byte[] status(byte[] name) {
    byte[] before = "Name:\t".getBytes(StandardCharsets.US_ASCII);
    byte[] after = "\nTracerPid:\t42\nVmRSS:\t  1740 kB\n".getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(before, before.length + name.length + after.length);
    System.arraycopy(name, 0, all, before.length, name.length);
    System.arraycopy(after, 0, all, before.length + name.length, after.length);
    return all;
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1740, 1740",
    "9223372036854775807, 9223372036854775807",
    "9223372036854775808, -1",
    "99999999999999999999999999, -1",
    "-5, -1",
    "+5, -1",
    "5x, -1",
    "'', -1",
    "max, -1",
    "０１, -1"
  })
  void whatIsNoNumberIsUnknown(String word, long number) {
    assertThat(ProcText.number(word)).isEqualTo(number);
    assertThat(new ProcText("x: " + word + "\n").numberAfter("x:")).isEqualTo(number);
  }

  @Test
  void readsBits() {
    assertThat(ProcText.bits("fffffffffffffffb")).hasValue(-5L);
    assertThat(ProcText.bits("0000000000000004")).hasValue(4L);
    for (String none : List.of("", "x", "-1", "1fffffffffffffffff", "４")) {
      assertThat(ProcText.bits(none)).as(none).isEmpty();
    }
  }
}
