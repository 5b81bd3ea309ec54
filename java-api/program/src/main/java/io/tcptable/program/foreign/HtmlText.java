// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.foreign;

/**
 * Text of others in a page of HTML, between tags or in an attribute in quotes. It can be neither
 * markup nor a control character, nor can it change the direction of the text around it.
 */
public final class HtmlText {

  private HtmlText() {}

  /** The text with a reference for each character that has a meaning in HTML. */
  public static String of(String text) {
    String printable = TerminalText.of(text);
    StringBuilder escaped = new StringBuilder(printable.length());
    for (int i = 0; i < printable.length(); i++) {
      char c = printable.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
