// SPDX-License-Identifier: Apache-2.0
package io.tcptable.guard;

import io.tcptable.diagnose.Verdict;
import io.tcptable.guard.GuardEvent.Kind;
import io.tcptable.guard.GuardedPort.Saved;
import io.tcptable.internal.wording.DurationText;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Tells the listener each event, and remembers the last ones. For one thread. */
final class GuardDiary {

  private static final int MOST = 500;

  private final int port;
  private final Clock clock;
  private final Consumer<GuardEvent> listener;
  private final Deque<GuardEvent> recent = new ArrayDeque<>();

  GuardDiary(int port, Clock clock, Consumer<GuardEvent> listener) {
    this.port = port;
    this.clock = clock;
    this.listener = listener;
  }

  void note(Kind kind, String message) {
    tell(new EventDraft(kind, message));
  }

  void note(Kind kind, String message, OptionalLong pid) {
    tell(new EventDraft(kind, message).pid(pid));
  }

  void note(Kind kind, String message, OptionalLong pid, Verdict verdict) {
    tell(new EventDraft(kind, message).pid(pid).verdict(verdict));
  }

  void note(Kind kind, String message, OptionalLong pid, OptionalInt exitCode) {
    tell(new EventDraft(kind, message).pid(pid).exitCode(exitCode));
  }

  void note(Kind kind, Duration delay) {
    String when = delay.isZero() ? "now" : "in " + DurationText.of(delay);
    tell(new EventDraft(kind, "restart " + when).delay(delay));
  }

  void saved(Saved saved) {
    if (saved.folder().isPresent()) {
      Path folder = saved.folder().get();
      tell(
          new EventDraft(Kind.EVIDENCE_SAVED, "the evidence is saved in " + folder)
              .evidence(folder));
    }
    if (saved.failure().isPresent()) {
      String why = saved.failure().get();
      note(Kind.EVIDENCE_FAILED, why + "; the guard goes on without that evidence");
    }
  }

  /** The last events, the oldest first. */
  List<GuardEvent> recent() {
    return List.copyOf(recent);
  }

  /** A listener that fails does not end the guard. */
  private void tell(EventDraft draft) {
    GuardEvent event = draft.of(port, clock.instant());
    if (recent.size() == MOST) {
      recent.removeFirst();
    }
    recent.addLast(event);
    try {
      listener.accept(event);
    } catch (RuntimeException e) {
      // The guard goes on: the server needs it, even if a listener fails.
    }
  }
}
