// SPDX-License-Identifier: Apache-2.0
package io.tcptable.guard;

import io.tcptable.diagnose.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** An event that is being written: what is not told of it is empty. For one thread. */
final class EventDraft {

  private final GuardEvent.Kind kind;
  private final String message;
  private OptionalLong pid = OptionalLong.empty();
  private Optional<Verdict> verdict = Optional.empty();
  private OptionalInt exitCode = OptionalInt.empty();
  private Optional<Duration> delay = Optional.empty();
  private Optional<Path> evidence = Optional.empty();

  EventDraft(GuardEvent.Kind kind, String message) {
    this.kind = kind;
    this.message = message;
  }

  EventDraft pid(OptionalLong server) {
    pid = server;
    return this;
  }

  EventDraft verdict(Verdict found) {
    verdict = Optional.of(found);
    return this;
  }

  EventDraft exitCode(OptionalInt code) {
    exitCode = code;
    return this;
  }

  EventDraft delay(Duration time) {
    delay = Optional.of(time);
    return this;
  }

  EventDraft evidence(Path folder) {
    evidence = Optional.of(folder);
    return this;
  }

  GuardEvent of(int port, Instant at) {
    return new GuardEvent(port, at, kind, message, pid, verdict, exitCode, delay, evidence);
  }
}
