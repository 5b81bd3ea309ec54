// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import io.tcptable.ListenAddress;
import io.tcptable.program.record.RecordingSink;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the lines of a recording tell, in bounded memory. Takes the lines of any schema that belongs
 * to the story of a port: those of {@code record}, events of {@code guard}, and the results of
 * {@code diagnose} and {@code restart}.
 */
final class RecordedPort implements RecordingSink {

  private static final int MOST_EVENTS = 200;
  private static final int MOST_STEPS = 200;
  private static final int MOST_OWNERS = 100;
  private static final int MOST_OPEN = 100_000;

  /** The schemas, and the version of each that is read. */
  private static final Map<String, String> VERSIONS =
      Map.of(
          "tcptable.recording", "1",
          "tcptable.sample", "1",
          "tcptable.event", "1",
          "tcptable.diagnosis", "2",
          "tcptable.end", "1",
          "tcptable.guard", "1",
          "tcptable.restart", "1");

  /** Events that come with each connection: they are counted. */
  private static final Set<String> OF_EACH_CONNECTION =
      Set.of("opened", "accepted", "state_changed", "closed");

  /** From the first to the last sample in which a process had a socket of the port. */
  record Presence(String process, Instant from, Instant to, long mostSockets) {}

  private JsonObject header = JsonObject.EMPTY;
  private OptionalLong port = OptionalLong.empty();
  private String address = "";
  private final List<JsonObject> diagnoses = new ArrayList<>();
  private final Timeline timeline = new Timeline();
  private final Map<String, Presence> owners = new LinkedHashMap<>();
  private final List<JsonObject> events = new ArrayList<>();
  private long eventsNotKept;
  private final List<JsonObject> steps = new ArrayList<>();
  private long stepsNotKept;
  private final Map<String, Instant> opened = new HashMap<>();
  private JsonObject end = JsonObject.EMPTY;
  private boolean isCutOff;

  /**
   * Takes a line.
   *
   * @throws IllegalArgumentException if it is not a line of a recording that is known here
   */
  @Override
  public void line(String json) {
    JsonObject line = JsonObject.parse(json);
    String schema = line.text("schema");
    int slash = schema.lastIndexOf('/');
    String name = slash < 0 ? "" : schema.substring(0, slash);
    String version = VERSIONS.get(name);
    if (slash < 0) {
      throw new IllegalArgumentException("it has no schema");
    }
    if (version == null) {
      // A kind of line that a later version has.
      return;
    }
    if (!schema.equals(name + "/" + version)) {
      throw new IllegalArgumentException(
          "its schema is " + schema + ", and this program reads " + name + "/" + version);
    }
    if (port.isEmpty()) {
      port = line.number("port");
      address = line.text("address");
    }
    switch (name) {
      case "tcptable.recording" -> begin(line);
      case "tcptable.end" -> end = line;
      case "tcptable.sample" -> sample(line);
      case "tcptable.event" -> event(line);
      case "tcptable.diagnosis" -> diagnosis(line);
      default -> step(line);
    }
  }

  private void begin(JsonObject line) {
    isCutOff |= isWithoutEnd();
    header = line;
    end = JsonObject.EMPTY;
  }

  private boolean isWithoutEnd() {
    return !header.equals(JsonObject.EMPTY) && end.equals(JsonObject.EMPTY);
  }

  private void sample(JsonObject line) {
    RecordedSample sample = RecordedSample.of(line);
    timeline.add(sample);
    for (JsonObject owner : line.objects("owners")) {
      String key = owner.numberOr0("pid") + " " + owner.text("startedAt");
      if (owners.size() < MOST_OWNERS || owners.containsKey(key)) {
        Presence now =
            new Presence(owner.process(), sample.at(), sample.at(), owner.numberOr0("sockets"));
        owners.merge(
            key,
            now,
            (before, it) ->
                new Presence(
                    it.process, before.from, it.to, Math.max(before.mostSockets, it.mostSockets)));
      }
    }
  }

  private void event(JsonObject line) {
    String event = line.text("event");
    if (OF_EACH_CONNECTION.contains(event)) {
      String key = line.object("socket").text("key");
      if (event.equals("closed")) {
        opened.remove(key);
      } else if (event.equals("opened") && opened.size() < MOST_OPEN) {
        line.time("at").ifPresent(at -> opened.put(key, at));
      }
    } else if (events.size() < MOST_EVENTS) {
      events.add(line);
    } else {
      eventsNotKept++;
    }
  }

  /** Only the first and the last one are shown. */
  private void diagnosis(JsonObject line) {
    if (diagnoses.size() == 2) {
      diagnoses.remove(1);
    }
    diagnoses.add(line);
  }

  private void step(JsonObject line) {
    if (steps.size() < MOST_STEPS) {
      steps.add(line);
    } else {
      stepsNotKept++;
    }
  }

  /** The last line of a file is not whole, and was not taken. */
  void cutOff() {
    isCutOff = true;
  }

  /** Whether a recording has no end, as the program was killed, or could not write on. */
  boolean isCutOff() {
    return isCutOff || isWithoutEnd();
  }

  /** The last line of a recording, which says why it ended; empty if there is none. */
  JsonObject end() {
    return end;
  }

  OptionalLong port() {
    return port;
  }

  /** The only address of the port that it is about; empty if it is about all of them. */
  String address() {
    return address;
  }

  /** Whether a socket of a diagnosis has to do with that address: a diagnosis has all of a port. */
  boolean isAbout(JsonObject socket) {
    try {
      return address.isEmpty()
          || ListenAddress.parse(address)
              .conflictsWith(ListenAddress.parse(socket.object("local").end()));
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  JsonObject header() {
    return header;
  }

  /** The zone of the machine, or UTC where it is not known. */
  ZoneId zone() {
    try {
      return header.has("zone") ? ZoneId.of(header.text("zone")) : ZoneOffset.UTC;
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }

  Timeline timeline() {
    return timeline;
  }

  List<Presence> owners() {
    return List.copyOf(owners.values());
  }

  /** The first diagnosis, if there is another one. */
  Optional<JsonObject> before() {
    return diagnoses.size() < 2 ? Optional.empty() : Optional.of(diagnoses.get(0));
  }

  /** The last diagnosis. */
  Optional<JsonObject> diagnosis() {
    return diagnoses.isEmpty()
        ? Optional.empty()
        : Optional.of(diagnoses.get(diagnoses.size() - 1));
  }

  /** What happened, but for the connections that come and go. */
  List<JsonObject> events() {
    return events;
  }

  /** How many of them are left out. */
  long eventsNotKept() {
    return eventsNotKept;
  }

  /** Events of a guard, and results of restarts. */
  List<JsonObject> steps() {
    return steps;
  }

  /** How many of them are left out. */
  long stepsNotKept() {
    return stepsNotKept;
  }

  /**
   * Since when a connection is open at least: since it was opened, or since the first diagnosis.
   * Empty if neither has it, or the system does not tell one connection from the next.
   */
  Optional<Instant> openSince(JsonObject socket) {
    OptionalLong cookie = socket.number("cookie");
    if (cookie.isEmpty()) {
      return Optional.empty();
    }
    Instant known = opened.get("cookie " + cookie.getAsLong());
    return known != null
        ? Optional.of(known)
        : before()
            .filter(
                it ->
                    it.objects("sockets").stream()
                        .anyMatch(other -> other.number("cookie").equals(cookie)))
            .flatMap(it -> it.time("takenAt"));
  }
}
