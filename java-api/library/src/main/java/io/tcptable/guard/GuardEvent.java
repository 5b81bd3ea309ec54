// SPDX-License-Identifier: Apache-2.0
package io.tcptable.guard;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tcptable.diagnose.Verdict;
import io.tcptable.internal.json.JsonDocument;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Something that a guard saw or did. Immutable.
 *
 * @param port the port that is guarded
 * @param at when
 * @param kind for programs
 * @param message for people, in one line
 * @param pid the server that it is about, if that is known
 * @param verdict of the diagnosis, if there was one
 * @param exitCode how the server ended, if it did and that is known
 * @param delay how long the guard waits before the restart
 * @param evidence the folder that was written
 */
public record GuardEvent(
    int port,
    Instant at,
    Kind kind,
    String message,
    OptionalLong pid,
    Optional<Verdict> verdict,
    OptionalInt exitCode,
    Optional<Duration> delay,
    Optional<Path> evidence) {

  private static final String SCHEMA = "tcptable.guard/1";

  /** What kind of event it is; names are stable, new ones may come. */
  public enum Kind {
    /** The server was started and is healthy. */
    STARTED,
    /** The server was started and is not healthy yet; it is watched all the same. */
    STARTED_UNHEALTHY,
    /** The server could not be started. */
    START_FAILED,
    /** The server does not answer: its verdict is one for which it is restarted. */
    BAD,
    /** A look or the health check failed, but not so that a restart would help. */
    DEGRADED,
    /** The server answers again. */
    RECOVERED,
    /** The sockets could not be read, or a look failed otherwise. */
    LOOK_FAILED,
    /** The server ended by itself. */
    ENDED,
    /** The evidence was saved. */
    EVIDENCE_SAVED,
    /** The evidence, or a part of it, could not be saved. */
    EVIDENCE_FAILED,
    /** The guard restarts the server after a delay. */
    RESTARTING,
    /** The restart of another process is under way; the guard waits for its end. */
    OTHER_RESTART,
    /** A server that the guard did not start listens on the port. */
    REPLACED,
    /** The server does not answer, but the guard did not start it, and leaves it alone. */
    LEFT_ALONE,
    /** The guard was asked to stop, and stops the server. */
    STOPPING,
    /** The guard stopped the server. */
    STOPPED,
    /** The server could not be stopped. */
    STOP_FAILED,
    /** There were too many restarts; the guard ends. */
    GAVE_UP
  }

  /**
   * The event in the schema {@code tcptable.guard/1}, which is documented: one object on one line,
   * in ASCII; what is not known is absent. Jackson writes it so, too.
   */
  @JsonValue
  @JsonRawValue
  public String toJson() {
    return JsonDocument.text(
        out ->
            JsonDocument.write(
                out,
                SCHEMA,
                this,
                (json, it) -> {
                  json.number("port", it.port())
                      .time("at", it.at())
                      .lowerCase("event", it.kind())
                      .text("message", it.message())
                      .number("pid", it.pid());
                  if (it.verdict().isPresent()) {
                    json.name("verdict", it.verdict().get());
                  }
                  json.number("exitCode", it.exitCode());
                  if (it.delay().isPresent()) {
                    json.number("delayMillis", it.delay().get().toMillis());
                  }
                  json.text("evidence", it.evidence().map(Path::toString));
                }));
  }

  /** The time and the message. */
  @Override
  public String toString() {
    return JsonDocument.text(at) + " " + message;
  }
}
