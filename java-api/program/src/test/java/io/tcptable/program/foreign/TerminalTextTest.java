// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Text of others can do nothing to a terminal. */
class TerminalTextTest {

  @Test
  void whatCanBeSeenStaysAsItIs() {
    String text = "java(7) серверок 東京 \ud83d\ude00 é ~!@#$%^&*()_+`-={}|[]\\:\";'<>?,./";
    assertThat(TerminalText.of(text)).isEqualTo(text);
  }

  @Test
  void noControlOfAnyKindIsLeft() {
    IntStream.concat(IntStream.range(0, 0x20), IntStream.rangeClosed(0x7f, 0x9f))
        .forEach(c -> assertThat(TerminalText.of("a" + (char) c + "b")).isEqualTo("a?b"));
    for (char c :
        "\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ufeff\ufff9"
            .toCharArray()) {
      assertThat(TerminalText.of("a" + c + "b")).as("%x", (int) c).isEqualTo("a?b");
    }
  }

  @Test
  void halfOfASurrogatePairIsNoLetter() {
    assertThat(TerminalText.of("a\ud83db\ude00c\ud83d")).isEqualTo("a?b?c?");
  }

  @Test
  void aVeryLongTextIsCut() {
    assertThat(TerminalText.of("x".repeat(1_800_000)))
        .hasSizeLessThan(20_000)
        .endsWith("x.. (+1,783,616 characters)");
  }
}
