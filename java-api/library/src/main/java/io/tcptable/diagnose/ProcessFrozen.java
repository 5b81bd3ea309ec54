// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.process.ProcessStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The control group of owners is frozen: a container is paused, for example. */
final class ProcessFrozen extends ServerRule {

  ProcessFrozen() {
    super(FindingCode.PROCESS_FROZEN, "its control group is frozen");
  }

  @Override
  boolean isHang() {
    return true;
  }

  @Override
  List<Finding> findings(Observations observed) {
    List<ProcessEvidence> frozen = Thaw.frozen(observed);
    if (frozen.isEmpty()) {
      return List.of();
    }
    Set<Long> pids = new TreeSet<>();
    frozen.forEach(owner -> pids.add(owner.pid()));
    Path file = frozen.get(0).status().flatMap(ProcessStatus::frozenBy).orElseThrow();
    boolean serves = observed.health().isHealthy();
    return List.of(
        found(serves ? Severity.WARNING : Severity.CRITICAL, Confidence.CERTAIN)
            .of(pids)
            .seen("the control group of " + observed.named(pids) + " is frozen by " + file)
            .text("file", file.toString())
            .figure("frozen", frozen.size())
            .figure("owners", observed.owners().size())
            .means(
                "A frozen process does not run at all. The kernel still accepts connections for it."
                    + " That is what the pause of a container or the freezer of a service manager"
                    + " does. The process goes on once its control group is thawed.")
            .advise(Thaw.advice(observed, frozen.get(0)))
            .done());
  }
}
