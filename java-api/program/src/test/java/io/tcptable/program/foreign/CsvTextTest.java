// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A spreadsheet takes no text of others for a formula. */
class CsvTextTest {

  private static String readBack(Object field) throws IOException {
    String line = CsvText.line(List.of("a", field, "b"));
    try (CSVParser parser = CSVParser.parse(line, CSVFormat.RFC4180)) {
      return parser.getRecords().get(0).get(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1+2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "=cmd|' /C calc'!A0",
        "=\"a\",b",
        "＝1"
      })
  void aFormulaIsText(String text) throws IOException {
    assertThat(readBack(text)).isEqualTo("'" + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "java(7)", "a=b", "a\"b,c", "line\nline", "'", "1-2"})
  void allElseStaysAsItIs(String text) throws IOException {
    assertThat(readBack(text)).isEqualTo(text);
  }

  @Test
  void aNumberStaysANumber() throws IOException {
    assertThat(readBack(-1)).isEqualTo("-1");
  }
}
