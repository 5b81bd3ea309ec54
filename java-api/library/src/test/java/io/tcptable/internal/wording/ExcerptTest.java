// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of what is very long the beginning is shown, and how much more there is. */
class ExcerptTest {

  @Test
  void aTextSaysHowManyCharactersAreLeftOut() {
    assertThat(Excerpt.of("abc", 3)).isEqualTo("abc");
    assertThat(Excerpt.of("abcd", 3)).isEqualTo("abc.. (+1 character)");
    assertThat(Excerpt.of("x".repeat(1_800_000), 2)).isEqualTo("xx.. (+1,799,998 characters)");
  }

  @Test
  void aLetterOfTwoHalvesIsNotCutInHalf() {
    assertThat(Excerpt.of("a\ud83d\ude00b", 2)).isEqualTo("a.. (+3 characters)");
  }

  @Test
  void aListSaysHowManyTextsAreLeftOut() {
    assertThat(Excerpt.of(List.of("a", "b", "c"), 2, 99))
        .isEqualTo(new Excerpt(List.of("a", "b"), 1));
    assertThat(Excerpt.of(List.of("aaaa", "bbbb", "c"), 9, 6))
        .isEqualTo(new Excerpt(List.of("aaaa", "bb.. (+2 characters)"), 1));
    assertThat(Excerpt.of(List.of("a", "b"), 2, 2)).isEqualTo(new Excerpt(List.of("a", "b"), 0));
  }

  @Test
  void aCommandIsALine() {
    assertThat(Excerpt.line(List.of("java", "-jar", "a b"), 0)).isEqualTo("java -jar a b");
    assertThat(Excerpt.line(Collections.nCopies(15_000, "/var/log/x.log"), 0))
        .hasSizeLessThan(3_000)
        .endsWith(" .. (+14,857 arguments)");
  }
}
