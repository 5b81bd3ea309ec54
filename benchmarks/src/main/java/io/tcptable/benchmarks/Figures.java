// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.util.Locale;

/** Measured quantities as people read them. */
final class Figures {

  private Figures() {}

  static String time(double millis) {
    if (millis < 1) {
      return format("%.0f µs", 1000 * millis);
    }
    return format(millis < 10 ? "%.1f ms" : "%.0f ms", millis);
  }

  static String nanos(double nanos) {
    return format("%.0f ns", nanos);
  }

  static String ratio(double ratio) {
    return format(ratio < 10 ? "%.2f" : "%,.0f", ratio);
  }

  static String bytes(double bytes) {
    return format("%,.0f bytes", bytes);
  }

  static String mebibytes(long kib) {
    return format("%.1f MiB", kib / 1024.0);
  }

  private static String format(String pattern, double figure) {
    return String.format(Locale.ROOT, pattern, figure);
  }
}
