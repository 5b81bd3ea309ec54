package io.tcptable.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

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

  private static final int WIDTH = 760;
  private static final int HEIGHT = 440;
  private static final int LEFT = 64;
  private static final int RIGHT = 170;
  private static final int TOP = 44;
  private static final int BOTTOM = 48;
  private static final int LABEL_HEIGHT = 15;
  private static final double MARGIN = 1.25;

  private static final String STYLE =
      """
        <style>
          svg { --ink: #1f2328; --faint: #d1d9e0; --paper: #ffffff; --own: #0550ae;
            --c0: #bc4c00; --c1: #1a7f37; --c2: #8250df; --c3: #cf222e; --c4: #6e7781; --c5: #9a6700; }
          @media (prefers-color-scheme: dark) { svg { --ink: #e6edf3; --faint: #3d444d; --paper: #0d1117;
            --own: #79c0ff; --c0: #ffa657; --c1: #56d364; --c2: #d2a8ff; --c3: #ff7b72; --c4: #9198a1;
            --c5: #e3b341; } }
          text { font: 12px system-ui, sans-serif; fill: var(--ink); }
          .title { font-size: 14px; font-weight: 600; }
          .grid { stroke: var(--faint); }
          .curve { fill: none; stroke-width: 1.8; }
          .own { stroke-width: 3.2; }
          .name { font-weight: 600; }
        </style>
      """;

  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n"
            .formatted(WIDTH, HEIGHT, escaped(title)));
    svg.append(STYLE);
    svg.append(
        "  <rect width=\"%d\" height=\"%d\" fill=\"var(--paper)\"/>%n".formatted(WIDTH, HEIGHT));
    text(svg, LEFT, TOP / 2.0, "start", "class=\"title\"", title);
    grid(svg);
    curves(svg);
    return svg.append("</svg>\n").toString();
  }

  private void grid(StringBuilder svg) {
    for (double x = decade(x().least()); x <= x().most(); x *= 10) {
      if (x >= x().least()) {
        line(svg, column(x), TOP, column(x), HEIGHT - BOTTOM);
        text(
            svg,
            column(x),
            HEIGHT - BOTTOM + 18,
            "middle",
            "",
            String.format(Locale.ROOT, "%,.0f", x));
      }
    }
    for (double y = decade(y().least()); y <= y().most(); y *= 10) {
      if (y >= y().least()) {
        line(svg, LEFT, row(y), WIDTH - RIGHT, row(y));
        text(svg, LEFT - 8, row(y) + 4, "end", "", milliseconds(y));
      }
    }
    text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", "", "TCP sockets");
  }

  private void curves(StringBuilder svg) {
    int colours = 0;
    List<Label> labels = new ArrayList<>();
    for (Series one : series) {
      String colour = one.own() ? "var(--own)" : "var(--c" + colours++ % 6 + ")";
      StringBuilder path = new StringBuilder();
      for (Point point : one.points()) {
        path.append(path.isEmpty() ? "M" : " L").append(at(column(point.x()), row(point.y())));
        svg.append(
            "  <circle cx=\"%s\" cy=\"%s\" r=\"3\" fill=\"%s\"/>%n"
                .formatted(number(column(point.x())), number(row(point.y())), colour));
      }
      svg.append(
          "  <path class=\"curve%s\" stroke=\"%s\" d=\"%s\"/>%n"
              .formatted(one.own() ? " own" : "", colour, path));
      Point last = one.points().getLast();
      labels.add(new Label(one.name(), colour, column(last.x()), row(last.y())));
    }
    labels.sort(Comparator.comparingDouble(Label::y));
    double lowest = TOP;
    for (Label label : labels) {
      double y = Math.max(label.y() + 4, lowest + LABEL_HEIGHT);
      String style = "class=\"name\" style=\"fill: " + label.colour() + "\"";
      text(svg, label.x() + 10, y, "start", style, label.name());
      lowest = y;
    }
  }

  /** The name of a curve, at its end unless another one is there. */
  private record Label(String name, String colour, double x, double y) {}

  /** What an axis shows. */
  private record Range(double least, double most) {

    /** Where a value lies between both ends, 0 to 1. */
    double place(double value) {
      return Math.log(value / least) / Math.log(most / least);
    }
  }

  private Range x() {
    double[] values =
        series.stream().flatMap(s -> s.points().stream()).mapToDouble(Point::x).toArray();
    return range(values, 1);
  }

  private Range y() {
    double[] values =
        series.stream().flatMap(s -> s.points().stream()).mapToDouble(Point::y).toArray();
    return range(values, MARGIN);
  }

  private static Range range(double[] values, double margin) {
    double least = Double.MAX_VALUE;
    double most = Double.MIN_VALUE;
    for (double value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return new Range(least / margin, most * margin);
  }

  private double column(double x) {
    return LEFT + x().place(x) * (WIDTH - LEFT - RIGHT);
  }

  private double row(double y) {
    return HEIGHT - BOTTOM - y().place(y) * (HEIGHT - TOP - BOTTOM);
  }

  private static double decade(double value) {
    return Math.pow(10, Math.floor(Math.log10(value)));
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
