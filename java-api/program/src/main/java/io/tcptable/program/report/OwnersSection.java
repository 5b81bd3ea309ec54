// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

import io.tcptable.internal.wording.DurationText;
import io.tcptable.internal.wording.Quantities;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The processes that own sockets of the port. */
final class OwnersSection {

  private static final int MOST = 50;

  private OwnersSection() {}

  static void write(Html html, JsonObject diagnosis) {
    List<JsonObject> owners =
        diagnosis.objects("processes").stream().filter(it -> it.isTrue("owner")).toList();
    if (owners.isEmpty()) {
      return;
    }
    html.section("Owners");
    for (JsonObject owner : owners.stream().limit(MOST).toList()) {
      html.open("article", "class", "owner").element("h3", owner.process());
      html.element("p", facts(owner, diagnosis.time("takenAt")));
      if (owner.has("commandLine")) {
        html.open("p")
            .open("code")
            .words(owner.texts("commandLine"), Math.max(0, owner.numberOr0("commandLineOmitted")))
            .close()
            .close();
      }
      html.close();
    }
    if (owners.size() > MOST) {
      html.remark("And " + (owners.size() - MOST) + " more, not shown.");
    }
    html.close();
  }

  private static String facts(JsonObject owner, Optional<Instant> now) {
    Optional<Duration> age =
        owner
            .time("startedAt")
            .flatMap(start -> now.map(it -> Duration.between(start, it)))
            .filter(it -> !it.isNegative());
    OptionalLong memory = owner.number("residentBytes");
    OptionalLong files = owner.number("openDescriptors");
    return Stream.of(
            owner.object("portRole").text("evidence"),
            owner.text("state"),
            age.map(it -> "runs for " + DurationText.of(it)).orElse(""),
            owner.has("user") ? "user " + owner.text("user") : "",
            files.isPresent() ? Quantities.number(files.getAsLong()) + " open files" : "",
            memory.isPresent() && memory.getAsLong() >= 0
                ? "memory " + Quantities.bytes(memory.getAsLong())
                : "",
            owner.has("service") ? "service " + owner.text("service") : "",
            owner.has("container") ? "in a container" : "")
        .filter(fact -> !fact.isEmpty())
        .collect(Collectors.joining("; "));
  }
}
