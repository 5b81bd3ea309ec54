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

  private static final int WIDTH = 780;
  private static final int HEIGHT = 440;
  private static final int LEFT = 64;
  private static final int RIGHT = 170;
  private static final int TOP = 44;
  private static final int BOTTOM = 48;
  private static final int LABEL_HEIGHT = 15;
  private static final double MARGIN = 1.25;

  /** Of the paper, faint lines, text, our own curve, and those of the others by turns. */
  private static final List<String> LIGHT =
      List.of(
          "#ffffff", "#d1d9e0", "#1f2328", "#0550ae", //
          "#bc4c00", "#1a7f37", "#8250df", "#cf222e", "#6e7781", "#9a6700", "#bf3989");

  private static final List<String> DARK =
      List.of(
          "#0d1117", "#3d444d", "#e6edf3", "#79c0ff", //
          "#ffa657", "#56d364", "#d2a8ff", "#ff7b72", "#9198a1", "#e3b341", "#f778ba");

  private static final int OWN = 3;

  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n"
            .formatted(WIDTH, HEIGHT, escaped(title)));
    style(svg);
    svg.append("  <rect class=\"paper\" width=\"%d\" height=\"%d\"/>%n".formatted(WIDTH, HEIGHT));
    text(svg, LEFT, TOP / 2.0, "start", "class=\"title\"", title);
    grid(svg);
    curves(svg);
    return svg.append("</svg>\n").toString();
  }

  private static void style(StringBuilder svg) {
    svg.append("  <style>\n    text { font: 12px system-ui, sans-serif; }\n")
        .append("    .title { font-size: 14px; font-weight: 600; }\n")
        .append("    .name { font-weight: 600; }\n")
        .append("    path { fill: none; stroke-width: 1.8; }\n")
        .append("    .grid { stroke-width: 1; }\n    .own { stroke-width: 3.2; }\n");
    colours(svg, LIGHT);
    svg.append("    @media (prefers-color-scheme: dark) {\n");
    colours(svg, DARK);
    svg.append("    }\n  </style>\n");
  }

  private static void colours(StringBuilder svg, List<String> palette) {
    svg.append(
        "    .paper { fill: %s; } .grid { stroke: %s; } text { fill: %s; }%n"
            .formatted(palette.get(0), palette.get(1), palette.get(2)));
    for (int i = OWN; i < palette.size(); i++) {
      svg.append(
          "    path.c%d { stroke: %s; } circle.c%d, text.c%d { fill: %s; }%n"
              .formatted(i, palette.get(i), i, i, palette.get(i)));
    }
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
      int other = OWN + 1 + colours % (LIGHT.size() - OWN - 1);
      String colour = "c" + (one.own() ? OWN : other);
      colours += one.own() ? 0 : 1;
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
