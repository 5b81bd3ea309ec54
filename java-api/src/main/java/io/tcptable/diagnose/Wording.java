package io.tcptable.diagnose;

import java.time.Duration;
import java.util.Locale;

/** Figures as a person reads them. */
final class Wording {

  private static final long SECOND_MILLIS = 1000;
  private static final long MINUTE_SECONDS = 60;
  private static final long HOUR_SECONDS = 60 * MINUTE_SECONDS;

  private Wording() {}

  /** {@code 0.4 ms}, {@code 12 ms}, {@code 3.1 s}, {@code 5 min 20 s}, {@code 2 h 5 min}. */
  static String of(Duration duration) {
    double millis = duration.toNanos() / 1e6;
    if (millis < 10) {
      return String.format(Locale.ROOT, "%.1f ms", millis);
    }
    if (millis < SECOND_MILLIS) {
      return Math.round(millis) + " ms";
    }
    long seconds = duration.toSeconds();
    if (seconds < MINUTE_SECONDS) {
      return String.format(Locale.ROOT, "%.1f s", millis / SECOND_MILLIS);
    }
    return seconds < HOUR_SECONDS
        ? seconds / MINUTE_SECONDS + " min " + seconds % MINUTE_SECONDS + " s"
        : seconds / HOUR_SECONDS + " h " + seconds % HOUR_SECONDS / MINUTE_SECONDS + " min";
  }

  /** {@code 1 connection}, {@code 23 connections}, {@code 2 processes}. */
  static String count(long count, String one) {
    String ending = one.endsWith("s") ? "es" : "s";
    return count == 1 ? "1 " + one : String.format(Locale.ROOT, "%,d %s%s", count, one, ending);
  }

  /** {@code 512 bytes}, {@code 1.5 MiB}. */
  static String bytes(long bytes) {
    if (bytes < 1024) {
      return count(bytes, "byte");
    }
    double scaled = bytes;
    int unit = -1;
    do {
      scaled /= 1024;
      unit++;
    } while (scaled >= 1024 && unit < 5);
    return String.format(Locale.ROOT, "%.1f %ciB", scaled, "KMGTPE".charAt(unit));
  }
}
