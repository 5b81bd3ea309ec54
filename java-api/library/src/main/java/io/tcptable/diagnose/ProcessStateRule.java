// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.process.ProcessStatus;
import io.tcptable.process.ProcessStatus.State;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An owner that the scheduler does not let run: the state is that of its main thread. */
abstract class ProcessStateRule extends ChildStateRule {

  private final State state;

  ProcessStateRule(FindingCode code, String cause, State state) {
    super(code, cause, state);
    this.state = state;
  }

  @Override
  final List<Finding> findings(Observations observed) {
    // Other threads may serve while the main thread does not run.
    boolean serves = observed.health().isHealthy();
    Stream<Finding> ofOwners =
        observed.owners().stream()
            .filter(owner -> owner.status().filter(this::concerns).isPresent())
            .flatMap(
                owner -> finding(observed, owner, owner.status().orElseThrow(), serves).stream());
    return Stream.of(ofOwners, ofThreads(observed).stream(), ofChildren(observed).stream())
        .flatMap(each -> each)
        .toList();
  }

  /** What to say of single threads of an owner whose first thread is not in this state. */
  List<Finding> ofThreads(Observations observed) {
    return List.of();
  }

  /** Whether a status may be the one that the rule is about. */
  boolean concerns(ProcessStatus status) {
    return status.state() == state;
  }

  /**
   * What to say of an owner in this state.
   *
   * @param serves whether the health check is answered all the same
   */
  abstract Optional<Finding> finding(
      Observations observed, ProcessEvidence owner, ProcessStatus status, boolean serves);

  final Finding.Builder found(
      Severity severity, Confidence confidence, ProcessEvidence owner, ProcessStatus status) {
    Finding.Builder found =
        found(severity, confidence).of(owner.pid()).text("state", status.state().name());
    owner.stateBefore().ifPresent(before -> found.text("stateBefore", before.name()));
    status.waitChannel().ifPresent(channel -> found.text("waitChannel", channel));
    return found;
  }
}
