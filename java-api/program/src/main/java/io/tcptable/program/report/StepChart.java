// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Places figures of a time in a box of 1000 by 100, which the page stretches. A figure holds until
 * the next one: lines are steps, as nothing is known of what was between two samples.
 */
final class StepChart {

  static final int WIDTH = 1_000;
  static final int HEIGHT = 100;

  /** Of a recording that has one sample. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final Instant from;
  private final Instant to;
  private final double most;

  /**
   * @param most the figure at the top
   */
  StepChart(Instant from, Instant last, double most) {
    this.from = from;
    this.to = last.isAfter(from) ? last : from.plus(SHORTEST);
    this.most = most <= 0 ? 1 : most;
  }

  /** From the left, within the box. */
  double x(Instant at) {
    double share =
        (double) Duration.between(from, at).toMillis()
            / Math.max(1, Duration.between(from, to).toMillis());
    return WIDTH * Math.min(1, Math.max(0, share));
  }

  /** From the top, within the box. */
  double y(double figure) {
    return HEIGHT * (1 - Math.min(1, Math.max(0, figure / most)));
  }

  /** The outline of what is between two rows of figures, one of each at each time. */
  String area(List<Instant> times, double[] low, double[] high) {
    StringBuilder path = new StringBuilder("M0 " + text(y(high[0])));
    for (int i = 0; i < high.length; i++) {
      path.append('H').append(text(end(times, i))).append(next(high, i));
    }
    path.append('V').append(text(y(low[low.length - 1])));
    for (int i = low.length - 1; i >= 0; i--) {
      path.append('H')
          .append(text(i == 0 ? 0 : x(times.get(i))))
          .append(i == 0 ? "" : "V" + text(y(low[i - 1])));
    }
    return path.append('Z').toString();
  }

  /** A line through a row of figures. */
  String line(List<Instant> times, double[] figures) {
    StringBuilder path = new StringBuilder("M0 " + text(y(figures[0])));
    for (int i = 0; i < figures.length; i++) {
      path.append('H').append(text(end(times, i))).append(next(figures, i));
    }
    return path.toString();
  }

  private double end(List<Instant> times, int i) {
    return i + 1 < times.size() ? x(times.get(i + 1)) : WIDTH;
  }

  private String next(double[] figures, int i) {
    return i + 1 < figures.length ? "V" + text(y(figures[i + 1])) : "";
  }

  /** With one decimal: more cannot be seen. */
  static String text(double number) {
    long tenths = Math.round(number * 10);
    return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10);
  }
}
