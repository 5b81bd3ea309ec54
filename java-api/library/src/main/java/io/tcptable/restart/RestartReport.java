// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What a restart did, and how things are now.
 *
 * @param outcome how it ended
 * @param steps how each step that was begun went, in order
 * @param stopped who ended because of it
 * @param started what was started, if anything was
 * @param situation how things are now, a line each
 */
public record RestartReport(
    int port,
    Outcome outcome,
    List<StepResult> steps,
    List<OsProcess> stopped,
    Optional<Started> started,
    List<String> situation) {

  /** Keeps its own copies. */
  public RestartReport {
    steps = List.copyOf(steps);
    stopped = List.copyOf(stopped);
    situation = List.copyOf(situation);
  }

  /** Why it ended before its end; empty if it did not, and if it was cancelled. */
  public Optional<Refusal> refusal() {
    return steps.stream().flatMap(step -> step.refusal().stream()).findFirst();
  }

  /**
   * What was started.
   *
   * @param pid its PID
   * @param command its words
   * @param log where its output goes
   * @param isDetached whether it has its own session, or its own console on Windows, so that
   *     neither Ctrl-C nor the end of the terminal reaches it
   * @param exitCode how it ended; empty if it still runs
   * @param lastLines the last lines of its output so far
   */
  public record Started(
      long pid,
      List<String> command,
      Path log,
      boolean isDetached,
      OptionalInt exitCode,
      List<String> lastLines) {

    /** Keeps its own copies. */
    public Started {
      command = List.copyOf(command);
      lastLines = List.copyOf(lastLines);
    }
  }

  /** The outcome, the refusal if there is one, and the situation. */
  @Override
  public String toString() {
    String why = refusal().map(refusal -> ": " + refusal.message()).orElse("");
    return "port "
        + port
        + " "
        + outcome
        + why
        + situation.stream().map(line -> "\n" + line).collect(Collectors.joining());
  }
}
