// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import io.tcptable.internal.wording.DurationText;
import io.tcptable.internal.wording.Quantities;
import java.time.Duration;
import java.util.stream.Collectors;

/** What happened on the port, but for connections that come and go. */
final class EventsSection {

  private static final int MOST = 200;

  private final Html html;
  private final ReportTimes times;

  EventsSection(Html html, ReportTimes times) {
    this.html = html;
    this.times = times;
  }

  void write(RecordedPort recorded) {
    if (recorded.events().isEmpty()) {
      return;
    }
    html.section("What happened");
    HtmlTable table = new HtmlTable(html, MOST, "Time", "~Event", "Socket", "~Owners");
    for (JsonObject event : recorded.events()) {
      JsonObject socket = event.object("socket");
      table.row(times.exact(event.time("at")), what(event), socket(socket), owners(socket));
    }
    table.end(recorded.eventsNotKept());
    html.close();
  }

  private static String socket(JsonObject socket) {
    if (!socket.has("local")) {
      return "";
    }
    JsonObject remote = socket.object("remote");
    return socket.object("local").end()
        + (remote.numberOr0("port") == 0 ? "" : ", remote " + remote.end());
  }

  private static String owners(JsonObject socket) {
    return socket.processes("owners");
  }

  private static String what(JsonObject event) {
    return switch (event.text("event")) {
      case "listener_opened" -> "a listener opened";
      case "listener_closed" -> "a listener closed";
      case "second_server" ->
          "a second server listens, beside "
              + event.objects("others").stream()
                  .map(EventsSection::owners)
                  .collect(Collectors.joining(", "));
      case "accept_queue_filled" ->
          "the accept queue fills: "
              + Quantities.number(event.numberOr0("waiting"))
              + " wait, limit "
              + Quantities.number(event.numberOr0("limit"));
      case "close_wait_aged" ->
          "in CLOSE_WAIT for at least "
              + DurationText.of(Duration.ofMillis(Math.max(0, event.numberOr0("atLeastMillis"))));
      case "owners_changed" -> "the owners changed; before: " + event.processes("before");
      case "missed" ->
          Quantities.count(event.numberOr0("events"), "event")
              + " not recorded: the recorder was too slow";
      case "lost" ->
          event.has("records")
              ? Quantities.count(event.numberOr0("records"), "record")
                  + " of the kernel lost: events may be missing"
              : "records of the kernel were lost: events may be missing";
      case "look_failed" -> "a look failed: " + event.text("reason");
      default -> event.text("event").replace('_', ' ');
    };
  }
}
