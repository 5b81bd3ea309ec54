// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.process.ProcessStatus;
import io.tcptable.process.ProcessStatus.State;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A debugger holds the owner. */
final class ProcessTraced extends ProcessStateRule {

  ProcessTraced() {
    super(FindingCode.PROCESS_TRACED, "a debugger holds its process", State.TRACED);
  }

  @Override
  boolean isHang() {
    return true;
  }

  @Override
  Optional<Finding> finding(
      Observations observed, ProcessEvidence owner, ProcessStatus status, boolean serves) {
    OptionalLong tracer = status.tracer();
    return Optional.of(
        found(serves ? Severity.WARNING : Severity.CRITICAL, Confidence.CERTAIN, owner, status)
            .seen(
                owner
                    + " is stopped by a debugger"
                    + (tracer.isPresent() ? " (PID " + tracer.getAsLong() + ")" : ""))
            .figure("tracer", tracer)
            .means(
                serves
                    ? "A debugger holds its main thread, for example at a breakpoint. Other threads"
                        + " still serve requests."
                    : "A debugger holds it, for example at a breakpoint. It serves no connections.")
            .hint("Continue or detach in the debugger.")
            .done());
  }

  @Override
  String predicate(boolean isOne) {
    return isOne ? "is stopped by a debugger" : "are stopped by a debugger";
  }

  @Override
  void advise(Observations observed, List<Long> children, Finding.Builder found) {
    found.hint("Continue or detach in the debugger.");
  }
}
