// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.terminal;

import io.tcptable.program.foreign.TerminalText;
import java.io.PrintStream;

/** Sentences on as many lines as they need, all but the first indented. */
public final class LineWrapper {

  private final PrintStream out;
  private final int width;

  public LineWrapper(PrintStream out, int width) {
    this.out = out;
    this.width = width;
  }

  /**
   * Prints a text after a lead, and its further lines below itself.
   *
   * @param lead what stands before it, as it is
   * @param indent how many columns the lead takes
   */
  public void print(String lead, int indent, String text) {
    StringBuilder line = new StringBuilder(lead);
    int used = indent;
    for (String word : TerminalText.of(text).split(" ", -1)) {
      int length = TerminalText.width(word);
      if (used > indent && used + 1 + length > width) {
        out.println(line);
        line.setLength(0);
        line.append(" ".repeat(indent));
        used = indent;
      }
      if (used > indent) {
        line.append(' ');
        used++;
      }
      line.append(word);
      used += length;
    }
    out.println(line);
  }
}
