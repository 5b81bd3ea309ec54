// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.wording;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Counts and sizes as a person reads them. */
public final class Quantities {

  private Quantities() {}

  /** {@code 1 connection}, {@code 23 connections}, {@code 2 processes}. */
  public static String count(long count, String one) {
    String ending = one.endsWith("s") ? "es" : "s";
    return count == 1 ? "1 " + one : number(count) + " " + one + ending;
  }

  /**
   * {@code 1,234,567}. By hand: the JDK's formatter first loads all that it knows of a language,
   * which takes longer than a short program has.
   */
  public static String number(long number) {
    StringBuilder text = new StringBuilder(Long.toString(number));
    int first = number < 0 ? 1 : 0;
    for (int at = text.length() - 3; at > first; at -= 3) {
      text.insert(at, ',');
    }
    return text.toString();
  }

  /**
   * {@code a, b and 3 more}.
   *
   * @param most how many are named
   */
  public static String list(Collection<?> all, int most) {
    String first = all.stream().limit(most).map(Object::toString).collect(Collectors.joining(", "));
    return all.size() > most ? first + " and " + (all.size() - most) + " more" : first;
  }

  /** {@code 512 bytes}, {@code 1.5 MiB}. */
  public static String bytes(long bytes) {
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
