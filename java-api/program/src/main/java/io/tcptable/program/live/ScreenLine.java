// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.live;

import io.tcptable.program.foreign.TerminalText;
import io.tcptable.program.terminal.Colour;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of the screen as plain data: never wider than the screen, and without any character that
 * a terminal would obey.
 */
final class ScreenLine {

  /** A piece of one look. */
  record Span(Colour colour, boolean reversed, String text) {}

  private static final String CUT = "..";

  private final int width;
  private final boolean reversed;
  private final List<Span> spans = new ArrayList<>();
  private int used;

  ScreenLine(int width, boolean reversed) {
    this.width = width;
    this.reversed = reversed;
  }

  /** A line of text alone. */
  static ScreenLine of(Colour colour, String text, int width) {
    return new ScreenLine(width, false).add(colour, text);
  }

  /** Appends what fits. */
  ScreenLine add(Colour colour, String text) {
    return add(colour, text, width);
  }

  /** Appends what fits into so many columns. */
  ScreenLine add(Colour colour, String text, int columns) {
    String fitting = cut(TerminalText.of(text), Math.min(columns, width - used));
    if (!fitting.isEmpty()) {
      spans.add(new Span(colour, reversed, fitting));
      used += TerminalText.width(fitting);
    }
    return this;
  }

  /** Appends a cell of just this width, and a blank after it. */
  ScreenLine cell(Colour colour, String text, int columns) {
    String fitting = cut(TerminalText.of(text), columns);
    return add(
        colour, fitting + " ".repeat(Math.max(0, columns - TerminalText.width(fitting)) + 1));
  }

  private static String cut(String text, int columns) {
    if (TerminalText.width(text) <= columns) {
      return text;
    }
    boolean isMarked = columns > 2 * CUT.length();
    int room = Math.max(0, columns - (isMarked ? CUT.length() : 0));
    int end = 0;
    while (end < text.length()
        && TerminalText.width(text.substring(0, text.offsetByCodePoints(end, 1))) <= room) {
      end = text.offsetByCodePoints(end, 1);
    }
    return text.substring(0, end) + (isMarked ? CUT : "");
  }

  List<Span> spans() {
    return List.copyOf(spans);
  }

  /** What a person reads. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    spans.forEach(span -> text.append(span.text()));
    return text.toString().stripTrailing();
  }
}
