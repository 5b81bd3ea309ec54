// SPDX-License-Identifier: Apache-2.0
package io.tcptable.story;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a terminal of 100 columns shows, as SVG: in the colours of the output, on a light or a dark
 * ground as the reader prefers, with a font of the reader's machine.
 */
record TerminalPicture(String svg) {

  private static final int COLUMNS = 100;
  private static final double CHARACTER = 8.4;
  private static final int LINE = 19;
  private static final int MARGIN = 16;

  private static final Pattern COLOUR = Pattern.compile("\u001b\\[(\\d+)m(.*?)\u001b\\[0m");
  private static final Pattern SHOWN = Pattern.compile("<text [^>]*>([^<]*)</text>");

  /** By their codes, see {@code Colour}. */
  private static final Map<String, String> CLASSES =
      Map.of("1", "bold", "2", "dim", "31", "red", "32", "green", "33", "yellow", "36", "cyan");

  private static final String STYLE =
      """
        <style>
          rect { fill: #f6f8fa; stroke: #d0d7de; }
          text { fill: #1f2328; font: 14px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
          .bold { font-weight: bold; }
          .dim { fill: #656d76; }
          .red { fill: #b4171f; font-weight: bold; }
          .green { fill: #116329; font-weight: bold; }
          .yellow { fill: #7d4e00; }
          .cyan { fill: #1b6a86; }
          @media (prefers-color-scheme: dark) {
            rect { fill: #0d1117; stroke: #30363d; }
            text { fill: #e6edf3; }
            .dim { fill: #8d96a0; }
            .red { fill: #ff7b72; }
            .green { fill: #56d364; }
            .yellow { fill: #e3b341; }
            .cyan { fill: #79c0ff; }
          }
        </style>
      """;

  /** Characters of one colour. */
  private record Piece(int column, String style, String text) {}

  /** The picture of an output with colours. */
  static TerminalPicture of(String output) {
    List<List<Piece>> lines = output.lines().flatMap(line -> rows(pieces(line)).stream()).toList();
    StringBuilder svg = new StringBuilder();
    int height = lines.size() * LINE + 2 * MARGIN;
    int width = (int) (COLUMNS * CHARACTER) + 2 * MARGIN;
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"A terminal\">%n"
            .formatted(width, height));
    svg.append(STYLE);
    svg.append(
        "  <rect x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"8\"/>%n"
            .formatted(width - 1, height - 1));
    int y = MARGIN + LINE - 5;
    for (List<Piece> line : lines) {
      for (Piece piece : line) {
        svg.append(text(piece, y));
      }
      y += LINE;
    }
    return new TerminalPicture(svg.append("</svg>\n").toString());
  }

  private static String text(Piece piece, int y) {
    return String.format(
        Locale.ROOT,
        "  <text x=\"%.1f\" y=\"%d\" textLength=\"%.1f\"%s>%s</text>%n",
        MARGIN + piece.column * CHARACTER,
        y,
        piece.text.length() * CHARACTER,
        piece.style.isEmpty() ? "" : " class=\"" + piece.style + "\"",
        piece.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
  }

  /** The words of a line, each with its colour. */
  private static List<Piece> pieces(String line) {
    List<Piece> pieces = new ArrayList<>();
    Matcher colour = COLOUR.matcher(line);
    int from = 0;
    int column = 0;
    while (colour.find()) {
      column = addWords(pieces, column, "", line.substring(from, colour.start()));
      column = addWords(pieces, column, CLASSES.getOrDefault(colour.group(1), ""), colour.group(2));
      from = colour.end();
    }
    addWords(pieces, column, "", line.substring(from));
    return pieces;
  }

  private static int addWords(List<Piece> pieces, int column, String style, String text) {
    Matcher word = Pattern.compile("\\S+").matcher(text);
    while (word.find()) {
      pieces.add(new Piece(column + word.start(), style, word.group()));
    }
    return column + text.length();
  }

  /** As many rows as a line needs, all but the first below its own first word. */
  private static List<List<Piece>> rows(List<Piece> words) {
    List<List<Piece>> rows = new ArrayList<>();
    List<Piece> row = new ArrayList<>();
    int indent = words.isEmpty() ? 0 : words.get(0).column;
    int shift = 0;
    for (Piece word : words) {
      if (!row.isEmpty() && word.column - shift + word.text.length() > COLUMNS) {
        rows.add(row);
        row = new ArrayList<>();
        shift = word.column - indent;
      }
      add(row, new Piece(word.column - shift, word.style, word.text));
    }
    rows.add(row);
    return rows;
  }

  /** Words of one colour beside each other are drawn at once. */
  private static void add(List<Piece> row, Piece word) {
    Piece last = row.isEmpty() ? null : row.get(row.size() - 1);
    if (last != null
        && last.style.equals(word.style)
        && last.column + last.text.length() + 1 == word.column) {
      row.set(row.size() - 1, new Piece(last.column, last.style, last.text + " " + word.text));
    } else {
      row.add(word);
    }
  }

  /** The words that it shows. */
  String words() {
    return SHOWN
        .matcher(svg)
        .results()
        .map(shown -> shown.group(1))
        .map(text -> text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
        .collect(Collectors.joining(" "));
  }

  /** An output without its colours. */
  static String plain(String output) {
    return output.replaceAll("\u001b\\[\\d+m", "");
  }
}
