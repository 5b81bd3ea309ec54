// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.foreign;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Lines of CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe in
 * front, which spreadsheets take as "this is text" (OWASP, "CSV Injection").
 */
public final class CsvText {

  private static final String FORMULA = "=+-@\t\r";

  private CsvText() {}

  /** One line with its end. A field that is a {@link Number} stays as it is. */
  public static String line(List<?> fields) {
    return fields.stream().map(CsvText::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String cell(Object field) {
    String text = field.toString();
    return field instanceof Number ? text : quoted(isFormula(text) ? "'" + text : text);
  }

  /** Full-width forms count, too: spreadsheets read them alike. */
  private static boolean isFormula(String text) {
    return !text.isEmpty()
        && (FORMULA.indexOf(text.charAt(0)) >= 0 || "＝＋－＠".indexOf(text.charAt(0)) >= 0);
  }

  /** In quotes only where RFC 4180 demands them. */
  private static String quoted(String text) {
    boolean isPlain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
