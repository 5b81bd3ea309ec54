// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  @Test
  void readsAllKindsOfValues() {
    assertThat(
            JsonText.parse(
                " {\"a\" : [1, -0.5e+1, true, false, null], \"b\": {}, \"c\":[ ] , \"d\":\"\" }\n"))
        .isEqualTo(
            Map.of(
                "a",
                Arrays.asList(
                    new BigDecimal("1"), new BigDecimal("-0.5e+1"), true, false, JsonText.NULL),
                "b",
                Map.of(),
                "c",
                List.of(),
                "d",
                ""));
  }

  @Test
  void readsEscapes() {
    assertThat(JsonText.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00 ü\""))
        .isEqualTo("\"\\/\b\f\n\r\té\uD83D\uDE00 ü");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "[1,]",
        "{\"a\":1,}",
        "{\"a\"}",
        "{a:1}",
        "[1 2]",
        "01",
        "1.",
        ".5",
        "+1",
        "1e",
        "-",
        "tru",
        "nul",
        "NaN",
        "'a'",
        "\"a",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u12",
        "\"\\u\uff11\uff12\uff13\uff14\"",
        "\"\\",
        "\"a\nb\"",
        "1 2",
        "{}x",
        "1\u0000",
        "\u00a01"
      })
  void refusesWhatIsNotJson(String text) {
    assertThatThrownBy(() -> JsonText.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isNotExhaustedByDepthOrByLongNumbers() {
    assertThatThrownBy(() -> JsonText.parse("[".repeat(100_000)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JsonText.parse("1".repeat(100_000)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> JsonText.parse("1e99999999999"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
