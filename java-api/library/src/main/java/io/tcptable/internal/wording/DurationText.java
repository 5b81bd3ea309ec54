// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.wording;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A duration in as few characters as a person needs: {@code 250us}, {@code 4.2s}, {@code 5m12s}.
 */
public final class DurationText {

  private DurationText() {}

  /** Of one that is not negative; below ten seconds rounded to two digits, else down. */
  public static String of(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds >= 86_400) {
      return seconds / 86_400 + "d" + twoDigits(seconds / 3600 % 24) + "h";
    }
    if (seconds >= 3600) {
      return seconds / 3600 + "h" + twoDigits(seconds / 60 % 60) + "m";
    }
    if (seconds >= 60) {
      return seconds / 60 + "m" + twoDigits(seconds % 60) + "s";
    }
    long micros = TimeUnit.MICROSECONDS.convert(duration);
    long tenths = (micros + 50_000) / 100_000;
    if (tenths >= 100) {
      return Math.max(10, seconds) + "s";
    }
    if (micros >= 1_000_000) {
      return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10) + "s";
    }
    if (micros >= 10_000 || micros % 1000 == 0) {
      return micros / 1000 + "ms";
    }
    return micros >= 1000 ? micros / 1000 + "." + micros / 100 % 10 + "ms" : micros + "us";
  }

  private static String twoDigits(long number) {
    return number < 10 ? "0" + number : Long.toString(number);
  }
}
