// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.foreign;

import io.tcptable.internal.wording.Excerpt;

/**
 * Text of others, made safe to print. A process may name itself anything, including the codes that
 * move a terminal's cursor or swap the order of letters.
 */
public final class TerminalText {

  private static final int FIRST_WIDE = 0x1100;

  /** More than a person reads; the owners of a large server have room. */
  private static final int LONGEST = 16 * 1024;

  private TerminalText() {}

  /**
   * The text with {@code ?} for each character that has no look of its own; of a very long one its
   * beginning.
   */
  public static String of(String whole) {
    String text = Excerpt.of(whole, LONGEST);
    int i = 0;
    while (i < text.length() && text.charAt(i) >= ' ' && text.charAt(i) < 0x7f) {
      i++;
    }
    return i == text.length() ? text : replaced(text);
  }

  private static String replaced(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      printable.appendCodePoint(isPrintable(c) ? c : '?');
    }
    return printable.toString();
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  /** How many columns the text takes; a letter from Hangul on is counted as two, to be safe. */
  public static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      width += c >= FIRST_WIDE && !Character.isSurrogate(c) ? 2 : 1;
    }
    return width;
  }
}
