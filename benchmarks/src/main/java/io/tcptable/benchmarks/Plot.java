// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Curves on logarithmic axes, as SVG. Its colours are those of the reader's scheme, light or dark.
 *
 * @param series with at least one point each
 */
record Plot(String title, List<Series> series) {

  /**
   * @param y milliseconds
   */
  record Point(double x, double y) {}

  /**
   * @param own whether to draw it as ours
   */
  record Series(String name, boolean own, List<Point> points) {}

  private static final int WIDTH = 780;
  private static final int HEIGHT = 440;
  private static final int LEFT = 64;
  private static final int RIGHT = 170;
  private static final int TOP = 44;
  private static final int BOTTOM = 48;
  private static final int LABEL_HEIGHT = 15;
  private static final double MARGIN = 1.25;

  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n"
            .formatted(WIDTH, HEIGHT, escaped(title)));
    Palette.style(svg);
    svg.append("  <rect class=\"paper\" width=\"%d\" height=\"%d\"/>%n".formatted(WIDTH, HEIGHT));
    text(svg, LEFT, TOP / 2.0, "start", "class=\"title\"", title);
    grid(svg);
    curves(svg);
    return svg.append("</svg>\n").toString();
  }

  private void grid(StringBuilder svg) {
    for (double x : x().decades()) {
      line(svg, column(x), TOP, column(x), HEIGHT - BOTTOM);
      String sockets = String.format(Locale.ROOT, "%,.0f", x);
      text(svg, column(x), HEIGHT - BOTTOM + 18, "middle", "", sockets);
    }
    for (double y : y().decades()) {
      line(svg, LEFT, row(y), WIDTH - RIGHT, row(y));
      text(svg, LEFT - 8, row(y) + 4, "end", "", milliseconds(y));
    }
    text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", "", "TCP sockets");
  }

  private void curves(StringBuilder svg) {
    int others = 0;
    List<Label> labels = new ArrayList<>();
    for (Series one : series) {
      String colour = Palette.curve(one.own(), others);
      others += one.own() ? 0 : 1;
      StringBuilder path = new StringBuilder();
      for (Point point : one.points()) {
        path.append(path.isEmpty() ? "M" : " L").append(at(column(point.x()), row(point.y())));
        svg.append(
            "  <circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"3\"/>%n"
                .formatted(colour, number(column(point.x())), number(row(point.y()))));
      }
      svg.append(
          "  <path class=\"%s%s\" d=\"%s\"/>%n".formatted(colour, one.own() ? " own" : "", path));
      Point last = one.points().getLast();
      labels.add(new Label(one.name(), colour, column(last.x()), row(last.y())));
    }
    labels.sort(Comparator.comparingDouble(Label::y));
    double lowest = TOP;
    for (Label label : labels) {
      double y = Math.max(label.y() + 4, lowest + LABEL_HEIGHT);
      String style = "class=\"name " + label.colour() + "\"";
      text(svg, label.x() + 10, y, "start", style, label.name());
      lowest = y;
    }
  }

  /** The name of a curve, at its end unless another one is there. */
  private record Label(String name, String colour, double x, double y) {}

  private Axis x() {
    return Axis.of(points().mapToDouble(Point::x), 1);
  }

  private Axis y() {
    return Axis.of(points().mapToDouble(Point::y), MARGIN);
  }

  private Stream<Point> points() {
    return series.stream().flatMap(one -> one.points().stream());
  }

  private double column(double x) {
    return LEFT + x().place(x) * (WIDTH - LEFT - RIGHT);
  }

  private double row(double y) {
    return HEIGHT - BOTTOM - y().place(y) * (HEIGHT - TOP - BOTTOM);
  }

  private static String milliseconds(double millis) {
    return millis >= 1000
        ? String.format(Locale.ROOT, "%.0f s", millis / 1000)
        : String.format(Locale.ROOT, millis < 1 ? "%.1f ms" : "%.0f ms", millis);
  }

  private static void line(StringBuilder svg, double x1, double y1, double x2, double y2) {
    svg.append("  <path class=\"grid\" d=\"M%s L%s\"/>%n".formatted(at(x1, y1), at(x2, y2)));
  }

  private static void text(
      StringBuilder svg, double x, double y, String anchor, String attributes, String text) {
    svg.append(
        "  <text x=\"%s\" y=\"%s\" text-anchor=\"%s\"%s>%s</text>%n"
            .formatted(
                number(x),
                number(y),
                anchor,
                attributes.isEmpty() ? "" : " " + attributes,
                escaped(text)));
  }

  private static String at(double x, double y) {
    return number(x) + " " + number(y);
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
