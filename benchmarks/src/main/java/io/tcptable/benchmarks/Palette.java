// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.util.List;

/**
 * The colours of a plot, in a light and a dark scheme, as a style sheet; curves by their number.
 */
final class Palette {

  /** Of the paper, faint lines, text, our own curve, and those of the others by turns. */
  private static final List<String> LIGHT =
      List.of(
          "#ffffff", "#d1d9e0", "#1f2328", "#0550ae", //
          "#bc4c00", "#1a7f37", "#8250df", "#cf222e", "#6e7781", "#9a6700", "#bf3989");

  private static final List<String> DARK =
      List.of(
          "#0d1117", "#3d444d", "#e6edf3", "#79c0ff", //
          "#ffa657", "#56d364", "#d2a8ff", "#ff7b72", "#9198a1", "#e3b341", "#f778ba");

  /** The number of our own curve. */
  private static final int OWN = 3;

  private Palette() {}

  static void style(StringBuilder svg) {
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

  /**
   * The class of a curve.
   *
   * @param n among those of the others, from 0; they take turns
   */
  static String curve(boolean own, int n) {
    return "c" + (own ? OWN : OWN + 1 + n % (LIGHT.size() - OWN - 1));
  }
}
