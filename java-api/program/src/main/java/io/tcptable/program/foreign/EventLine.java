// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.foreign;

import io.tcptable.internal.json.JsonDocument;
import java.time.Instant;

/** One line of something that has happened: when, what kind of thing, and what it was. */
public final class EventLine {

  private static final int KIND_WIDTH = 18;

  private EventLine() {}

  /** The message may hold what others chose. */
  public static String of(Instant at, String kind, String message) {
    return JsonDocument.text(at)
        + "  "
        + kind
        + " ".repeat(Math.max(1, KIND_WIDTH - kind.length()))
        + TerminalText.of(message);
  }
}
