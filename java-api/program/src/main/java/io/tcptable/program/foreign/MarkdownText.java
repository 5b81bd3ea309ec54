// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.foreign;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Text in Markdown (CommonMark and its GitHub flavour) that does nothing there. A backslash is not
 * enough: mentions, references to issues and commits, and bare links are found after Markdown has
 * been read. Nothing is looked for in a code span, so each word that could be one of them, or
 * markup, becomes a code span.
 */
public final class MarkdownText {

  /** Letters and figures with harmless marks among them. */
  private static final Pattern HARMLESS =
      Pattern.compile("[\"'(]*[\\p{L}\\p{N}][\\p{L}\\p{N}.,;:()'\"/+=?-]*");

  /** Of those, what is made a link all the same: URL, host, issue, commit, picture of a word. */
  private static final Pattern LIVE =
      Pattern.compile(
          "(?i)[a-z]:/|www\\.|gh-\\d|:[a-z0-9+-]+:"
              + "|(?<![\\p{L}\\p{N}])[0-9a-f]{7,64}(?![\\p{L}\\p{N}])");

  private static final Pattern NUMBER = Pattern.compile("[\\d.,:()]+");

  private MarkdownText() {}

  /** A text within a paragraph. */
  public static String text(String text) {
    return Stream.of(TerminalText.of(text).split(" ", -1))
        .map(word -> isInert(word) ? word : code(word))
        .collect(Collectors.joining(" "));
  }

  /** A text in a cell of a table, where a bar would end the cell even in a code span. */
  public static String cell(String text) {
    return text(text).replace("|", "\\|");
  }

  /** A code span, in as many backticks as it takes (CommonMark 6.1). */
  public static String code(String text) {
    String printable = TerminalText.of(text);
    String ticks = "`";
    while (printable.contains(ticks)) {
      ticks += "`";
    }
    String space = ticks.length() > 1 ? " " : "";
    return ticks + space + printable + space + ticks;
  }

  private static boolean isInert(String word) {
    return word.isEmpty()
        || NUMBER.matcher(word).matches()
        || (HARMLESS.matcher(word).matches() && !LIVE.matcher(word).find());
  }
}
