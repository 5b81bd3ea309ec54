// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import io.tcptable.internal.wording.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What was done about it: the events of a guard, and the steps of restarts. */
final class StepsSection {

  private static final int MOST = 400;

  private final Html html;
  private final ReportTimes times;

  StepsSection(Html html, ReportTimes times) {
    this.html = html;
    this.times = times;
  }

  void write(RecordedPort recorded) {
    List<JsonObject> steps = recorded.steps();
    if (steps.isEmpty()) {
      return;
    }
    html.section("What was done");
    HtmlTable table = new HtmlTable(html, MOST, "Time", "Step", "~Result");
    for (JsonObject step : steps) {
      if (step.has("event")) {
        table.row(
            times.exact(step.time("at")),
            step.text("event").replace('_', ' '),
            step.text("message"));
      } else {
        writeRestart(step, table);
      }
    }
    table.end(recorded.stepsNotKept());
    html.close();
  }

  /** Its steps have no time of the day. */
  private void writeRestart(JsonObject restart, HtmlTable table) {
    JsonObject obstacle = restart.object("obstacle");
    table.row(
        "",
        restart.text("command") + " " + restart.numberOr0("port"),
        restart.text("outcome") + (obstacle.has("message") ? ": " + obstacle.text("message") : ""));
    for (JsonObject step : restart.objects("steps")) {
      table.row(
          "took " + DurationText.of(Duration.ofMillis(Math.max(0, step.numberOr0("millis")))),
          step.text("step").replace('_', ' '),
          Optional.of(step.text("detail"))
              .filter(detail -> !detail.isEmpty())
              .map(detail -> step.text("outcome") + ": " + detail)
              .orElse(step.text("outcome")));
    }
  }
}
