// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Advice;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.process.ProcessStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The owner has no descriptors left, or hardly any. */
final class DescriptorsExhausted extends ServerRule {

  DescriptorsExhausted() {
    super(FindingCode.DESCRIPTORS_EXHAUSTED, "it runs out of descriptors");
  }

  @Override
  List<Finding> findings(Observations observed) {
    return observed.owners().stream()
        .flatMap(owner -> owner.status().flatMap(status -> finding(owner, status)).stream())
        .toList();
  }

  private Optional<Finding> finding(ProcessEvidence owner, ProcessStatus status) {
    OptionalLong open = status.openDescriptors();
    OptionalLong limit = status.descriptorLimit();
    if (!ResourceLimit.isNear(open, limit)) {
      return Optional.empty();
    }
    boolean none = open.orElseThrow() >= limit.orElseThrow();
    return Optional.of(
        found(none ? Severity.CRITICAL : Severity.WARNING, Confidence.CERTAIN)
            .of(owner.pid())
            .seen(
                owner
                    + " has "
                    + open.orElseThrow()
                    + " of "
                    + limit.orElseThrow()
                    + " descriptors open")
            .figure("open", open)
            .figure("limit", limit)
            .means(
                none
                    ? "It can neither accept a connection nor open a file (EMFILE). Clients wait in"
                        + " the accept queue."
                    : "When none is left, it can no longer accept connections.")
            .advise(new Advice.ListOfProcess(owner.pid()))
            .hint("Raise its limit (ulimit -n, LimitNOFILE= of a service) if it needs that many.")
            .done());
  }
}
