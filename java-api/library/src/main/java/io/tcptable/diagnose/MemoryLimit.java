// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.wording.Quantities;
import io.tcptable.process.ProcessStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The control group of the owner is near its memory limit. */
final class MemoryLimit extends ServerRule {

  MemoryLimit() {
    super(FindingCode.MEMORY_LIMIT, "it runs out of memory");
  }

  @Override
  List<Finding> findings(Observations observed) {
    return observed.owners().stream()
        .flatMap(owner -> owner.status().flatMap(status -> finding(owner, status)).stream())
        .toList();
  }

  private Optional<Finding> finding(ProcessEvidence owner, ProcessStatus status) {
    OptionalLong used = status.groupMemory();
    OptionalLong limit = status.groupMemoryLimit();
    if (!ResourceLimit.isNear(used, limit)) {
      return Optional.empty();
    }
    return Optional.of(
        found(Severity.WARNING, Confidence.CERTAIN)
            .of(owner.pid())
            .seen(
                "the control group of "
                    + owner
                    + " uses "
                    + Quantities.bytes(used.orElseThrow())
                    + " of "
                    + Quantities.bytes(limit.orElseThrow()))
            .figure("usedBytes", used)
            .figure("limitBytes", limit)
            .figure("residentBytes", status.residentMemory())
            .means("At the limit it is slowed down, and then the kernel kills a process in it.")
            .hint("Give it more memory, or find out what uses it.")
            .done());
  }
}
