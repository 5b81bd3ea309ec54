// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.record;

import io.tcptable.TcpTableException;
import io.tcptable.internal.json.Fields;
import io.tcptable.internal.json.JsonDocument;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * The last line of a recording: whether it is whole and, if not, why. A recording without this line
 * was cut off: the program was killed, or its output could not be written.
 *
 * @param failure why it ended early, if that was an error
 */
public record RecordingEnd(Instant at, Reason reason, Optional<RuntimeException> failure) {

  static final String SCHEMA = "tcptable.end/1";

  /** Why a recording ends. */
  public enum Reason {
    /** The time is over, and the diagnosis after it is made. */
    COMPLETE,
    /** A signal, such as that of Ctrl-C; or nobody takes the lines any more. */
    INTERRUPTED,
    /** An error; the recording has what was known until then. */
    FAILED
  }

  static RecordingEnd of(Reason reason) {
    return new RecordingEnd(Instant.now(), reason, Optional.empty());
  }

  static RecordingEnd of(RuntimeException failure) {
    return new RecordingEnd(Instant.now(), Reason.FAILED, Optional.of(failure));
  }

  String toJson() {
    return JsonDocument.text(out -> JsonDocument.write(out, SCHEMA, this, RecordingEnd::write));
  }

  private static void write(Fields json, RecordingEnd end) throws IOException {
    json.time("at", end.at)
        .lowerCase("reason", end.reason)
        .text("message", end.failure.map(RecordingEnd::message));
  }

  /** One line. What no system has said is an error of this program, whose name says more. */
  private static String message(RuntimeException failure) {
    return failure instanceof TcpTableException
        ? String.valueOf(failure.getMessage())
        : failure.toString();
  }
}
