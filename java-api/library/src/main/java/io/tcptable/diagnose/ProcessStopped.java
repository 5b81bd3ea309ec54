// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.platform.Phrase;
import io.tcptable.process.ProcessStatus;
import io.tcptable.process.ProcessStatus.State;
import java.util.Optional;

/** The owner is stopped by a signal. */
final class ProcessStopped extends ProcessStateRule {

  ProcessStopped() {
    super(FindingCode.PROCESS_STOPPED, "its process is stopped", State.STOPPED);
  }

  @Override
  Optional<Finding> finding(
      Observations observed, ProcessEvidence owner, ProcessStatus status, boolean serves) {
    Severity severity = serves ? Severity.WARNING : Severity.CRITICAL;
    return Optional.of(
        found(severity, Confidence.CERTAIN, owner, status)
            .seen(owner + " is stopped")
            .means(observed.phrase(Phrase.STOPPED))
            .commandOrHint(
                observed.commands().resume(owner.pid()), observed.phrase(Phrase.HOW_TO_RESUME))
            .done());
  }
}
