// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.terminal;

import io.tcptable.program.foreign.TerminalText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Text in columns, each as wide as its widest cell; the last one ends where its text does. */
public final class TextTable {

  private final List<Row> rows = new ArrayList<>();
  private final boolean[] right;
  private int gap = 2;

  /** The colour is that of the first cell. */
  private static final class Row {

    final Colour colour;
    final String[] cells;

    Row(Colour colour, String[] cells) {
      this.colour = colour;
      this.cells = cells;
    }
  }

  public TextTable(String... titles) {
    rows.add(new Row(Colour.BOLD, titles));
    right = new boolean[titles.length];
  }

  /** Aligns a column of numbers. */
  public void alignRight(int column) {
    right[column] = true;
  }

  public void add(Colour colour, String... cells) {
    rows.add(new Row(colour, cells));
  }

  /** How wide a column is. */
  public int width(int column) {
    int width = 0;
    for (Row row : rows) {
      width = Math.max(width, TerminalText.width(row.cells[column]));
    }
    return width;
  }

  /** How wide the longest line is. */
  public int width() {
    int width = gap * (right.length - 1);
    for (int column = 0; column < right.length; column++) {
      width += width(column);
    }
    return width;
  }

  public int columns() {
    return right.length;
  }

  /** How many lines there are, the titles among them. */
  public int lines() {
    return rows.size();
  }

  /** Sets columns as close as can be. */
  public void closeUp() {
    gap = 1;
  }

  /** The text of a cell; line 0 is the titles. */
  public String cell(int line, int column) {
    return rows.get(line).cells[column];
  }

  public void replace(int line, int column, String text) {
    rows.get(line).cells[column] = text;
  }

  public void print(PrintStream out, boolean coloured) {
    int[] widths = new int[right.length];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = width(column);
    }
    StringBuilder line = new StringBuilder();
    for (Row row : rows) {
      line.setLength(0);
      append(line, row, widths, coloured);
      out.println(line);
    }
  }

  private void append(StringBuilder line, Row row, int[] widths, boolean coloured) {
    int last = widths.length - 1;
    for (int column = 0; column <= last; column++) {
      String cell = row.cells[column];
      int padding = widths[column] - TerminalText.width(cell);
      if (right[column]) {
        spaces(line, padding);
      }
      if (coloured && (column == 0 || row.colour == Colour.BOLD)) {
        row.colour.append(line, cell);
      } else {
        line.append(cell);
      }
      if (column < last) {
        spaces(line, gap + (right[column] ? 0 : padding));
      }
    }
  }

  private static void spaces(StringBuilder line, int count) {
    for (int i = 0; i < count; i++) {
      line.append(' ');
    }
  }
}
