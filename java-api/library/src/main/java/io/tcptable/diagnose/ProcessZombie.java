// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.process.ProcessStatus;
import io.tcptable.process.ProcessStatus.State;
import java.util.List;
import java.util.Optional;

/** The main thread of the owner has exited, while other threads hold the socket. */
final class ProcessZombie extends ProcessStateRule {

  ProcessZombie() {
    super(FindingCode.PROCESS_ZOMBIE, "its main thread has exited", State.ZOMBIE);
  }

  @Override
  Optional<Finding> finding(
      Observations observed, ProcessEvidence owner, ProcessStatus status, boolean serves) {
    boolean mayServe = observed.isPresumedHealthy();
    Finding.Builder found =
        found(mayServe ? Severity.INFO : Severity.CRITICAL, Confidence.CERTAIN, owner, status)
            .seen("the main thread of " + owner + " has exited");
    return Optional.of(
        mayServe
            ? found
                .means("Other threads still " + (serves ? "serve requests." : "hold the socket."))
                .done()
            : found
                .means("Other threads still hold the socket, but serve no connections.")
                .advise(SuggestedCommands.restart(observed))
                .done());
  }

  @Override
  String predicate(boolean isOne) {
    return (isOne ? "has" : "have")
        + " ended, and it has not waited for "
        + (isOne ? "it" : "them");
  }

  @Override
  void advise(Observations observed, List<Long> children, Finding.Builder found) {
    found.hint("Look into the log of the server for the reason.");
  }
}
