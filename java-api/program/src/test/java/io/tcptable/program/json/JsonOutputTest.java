// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.json.Fields;
import io.tcptable.program.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON is ASCII whatever others chose, and what is not known leaves no field. */
class JsonOutputTest {

  private static String print(Fields.Content<String> content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonOutput.print(new PrintStream(out), "x/1", "", content);
    return out.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "\"quoted\" \\ /",
        "\u0000\u0007\b\t\n\f\r\u001b[31m\u007f",
        "\u0080\u0085\u009b31m\u009f",
        "\u202egnp.exe \u2066 \u200b \ufeff",
        "серверок 東京 \ud83d\ude00",
        "\u2028\u2029",
      })
  void everyTextComesBack(String text) throws IOException {
    String json = print((fields, none) -> fields.text("t", text));

    assertThat(json.strip()).matches("[ -~]*");
    assertThat(Json.object(json)).containsEntry("schema", "x/1").containsEntry("t", text);
  }

  @Test
  void halfOfASurrogatePairIsAnEscape() throws IOException {
    assertThat(print((fields, none) -> fields.text("t", "a\ud83db").texts("u", List.of("\ude00"))))
        .isEqualToIgnoringNewLines("{\"schema\":\"x/1\",\"t\":\"a\\uD83Db\",\"u\":[\"\\uDE00\"]}");
  }

  @Test
  void whatIsEmptyLeavesNoField() throws IOException {
    assertThat(
            print(
                (fields, none) ->
                    fields
                        .text("a", Optional.empty())
                        .number("b", OptionalLong.empty())
                        .number("c", OptionalInt.empty())
                        .micros("d", Optional.empty())
                        .optional("e", Optional.<String>empty(), (it, text) -> it.text("x", text))
                        .texts("f", List.of())))
        .isEqualToIgnoringNewLines("{\"schema\":\"x/1\",\"f\":[]}");
  }
}
