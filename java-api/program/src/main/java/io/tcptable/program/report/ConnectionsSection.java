// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import io.tcptable.internal.wording.DurationText;
import io.tcptable.internal.wording.Quantities;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** The oldest and the slowest connections at the end, and the table of all sockets. */
final class ConnectionsSection {

  private static final int MOST_OF_A_KIND = 10;
  private static final int MOST_SOCKETS = 300;

  /** More are not compared: it is a page for people. */
  private static final int MOST_COMPARED = 20_000;

  private final Html html;

  ConnectionsSection(Html html) {
    this.html = html;
  }

  /** A connection, and for how long it is open at least. */
  private record Aged(JsonObject socket, Duration age) {}

  void write(RecordedPort recorded, JsonObject diagnosis) {
    List<JsonObject> sockets =
        diagnosis.objects("sockets").stream().filter(recorded::isAbout).toList();
    if (sockets.isEmpty()) {
      return;
    }
    List<JsonObject> connections =
        sockets.stream()
            .filter(it -> it.object("remote").numberOr0("port") != 0)
            .filter(it -> !it.text("state").equals("TIME_WAIT"))
            .limit(MOST_COMPARED)
            .toList();
    Instant now = diagnosis.time("takenAt").orElse(Instant.EPOCH);
    writeOldest(connections.stream().map(it -> new Aged(it, age(it, recorded, now))).toList());
    writeSlowest(connections);
    writeAll(sockets);
  }

  /** No socket tells when it was opened: a time that it was silent for is a part of its life. */
  private static Duration age(JsonObject socket, RecordedPort recorded, Instant now) {
    JsonObject detail = socket.object("detail");
    Duration silent =
        Duration.ofMillis(
            Math.max(
                0,
                Math.max(
                    detail.numberOr0("lastSentMillis"), detail.numberOr0("lastReceivedMillis"))));
    Duration seen =
        recorded
            .openSince(socket)
            .map(since -> Duration.between(since, now))
            .filter(it -> !it.isNegative())
            .orElse(Duration.ZERO);
    return seen.compareTo(silent) > 0 ? seen : silent;
  }

  private void writeOldest(List<Aged> connections) {
    List<Aged> oldest =
        connections.stream()
            .filter(it -> !it.age.isZero())
            .sorted(Comparator.comparing(Aged::age).reversed())
            .toList();
    if (!oldest.isEmpty()) {
      html.section("Oldest connections");
      HtmlTable table =
          new HtmlTable(
              html,
              MOST_OF_A_KIND,
              "Remote",
              "State",
              "#Open for at least",
              "#Last received",
              "#Unread bytes",
              "~Owners");
      for (Aged each : oldest) {
        table.row(
            each.socket.object("remote").end(),
            each.socket.text("state"),
            DurationText.of(each.age),
            millisAgo(each.socket.object("detail").number("lastReceivedMillis")),
            number(each.socket.number("receiveQueue")),
            owners(each.socket));
      }
      table.end(0);
      html.close();
    }
  }

  private void writeSlowest(List<JsonObject> connections) {
    List<JsonObject> slowest =
        connections.stream()
            .filter(it -> it.object("detail").number("roundTripMicros").isPresent())
            .sorted(
                Comparator.comparingLong(
                        (JsonObject it) -> it.object("detail").numberOr0("roundTripMicros"))
                    .reversed())
            .toList();
    if (!slowest.isEmpty()) {
      html.section("Slowest connections, by round-trip time");
      HtmlTable table =
          new HtmlTable(
              html,
              MOST_OF_A_KIND,
              "Remote",
              "State",
              "#Round trip",
              "#Variation",
              "#Retransmits",
              "#Unacknowledged bytes");
      for (JsonObject each : slowest) {
        JsonObject detail = each.object("detail");
        table.row(
            each.object("remote").end(),
            each.text("state"),
            HealthSection.micros(detail.number("roundTripMicros")),
            HealthSection.micros(detail.number("roundTripVariationMicros")),
            number(detail.number("retransmits")),
            number(each.number("sendQueue")));
      }
      table.end(0);
      html.close();
    }
  }

  private void writeAll(List<JsonObject> sockets) {
    html.section(Quantities.count(sockets.size(), "socket"));
    HtmlTable table =
        new HtmlTable(
            html,
            MOST_SOCKETS,
            "State",
            "Local",
            "Remote",
            "#Receive queue",
            "#Send queue",
            "~Owners");
    for (JsonObject socket : sockets) {
      JsonObject remote = socket.object("remote");
      table.row(
          socket.text("state"),
          socket.object("local").end(),
          remote.numberOr0("port") == 0 ? "" : remote.end(),
          number(socket.number("receiveQueue")),
          number(socket.number("sendQueue")),
          owners(socket));
    }
    table.end(0);
    html.remark(
        "Receive queue: bytes that the owner has not read; of a listener, connections that wait to"
            + " be accepted. Send queue: bytes that the peer has not acknowledged; of a listener,"
            + " how many connections may wait.");
    html.close();
  }

  private static String owners(JsonObject socket) {
    return switch (socket.text("ownership")) {
      case "none" -> "none";
      case "unknown" -> "not known";
      default -> socket.processes("owners");
    };
  }

  private static String number(OptionalLong number) {
    return number.isPresent() ? Quantities.number(number.getAsLong()) : "";
  }

  private static String millisAgo(OptionalLong millis) {
    return millis.isPresent()
        ? DurationText.of(Duration.ofMillis(Math.max(0, millis.getAsLong()))) + " ago"
        : "";
  }
}
