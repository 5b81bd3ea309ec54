// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Times of a report, in the time zone of the machine it is about. */
record ReportTimes(ZoneId zone) {

  private static final DateTimeFormatter WHOLE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

  private static final DateTimeFormatter OF_DAY =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss.SSS", Locale.ROOT);

  /** {@code 2026-11-27 21:15:03 +01:00}. */
  String whole(Instant at) {
    return WHOLE.format(at.atZone(zone));
  }

  /** {@code 21:15:03}. */
  String ofDay(Instant at) {
    return OF_DAY.format(at.atZone(zone));
  }

  /** {@code 11-27 21:15:03.120}; empty if it is not known. */
  String exact(Optional<Instant> at) {
    return at.map(it -> EXACT.format(it.atZone(zone))).orElse("");
  }
}
