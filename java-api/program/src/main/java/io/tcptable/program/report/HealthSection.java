// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import io.tcptable.internal.wording.DurationText;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The health check, one row for each address that was asked. */
final class HealthSection {

  private static final int MOST = 50;

  private HealthSection() {}

  static void write(Html html, JsonObject health) {
    if (health.objects("attempts").isEmpty()) {
      return;
    }
    html.section("Health check");
    html.open("p").element("code", health.text("url")).close();
    HtmlTable table =
        new HtmlTable(
            html, MOST, "Address", "Outcome", "#Connected", "#First byte", "#Total", "~Detail");
    for (JsonObject attempt : health.objects("attempts")) {
      table.row(
          attempt.end(),
          attempt.text("outcome"),
          micros(attempt.number("connectMicros")),
          micros(attempt.number("firstByteMicros")),
          micros(attempt.number("totalMicros")),
          attempt.text("detail"));
    }
    table.end(0);
    html.close();
  }

  /** Empty if it is not known. */
  static String micros(OptionalLong micros) {
    return micros.isPresent()
        ? DurationText.of(
            Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(Math.max(0, micros.getAsLong()))))
        : "";
  }
}
