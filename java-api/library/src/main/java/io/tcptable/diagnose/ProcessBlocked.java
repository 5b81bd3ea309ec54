// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.process.ProcessStatus;
import io.tcptable.process.ProcessStatus.State;
import java.util.Optional;

/** The owner waits inside the kernel, where no signal reaches it. */
final class ProcessBlocked extends ProcessStateRule {

  ProcessBlocked() {
    super(FindingCode.PROCESS_BLOCKED, "its process waits inside the kernel", State.BLOCKED);
  }

  /** A wait that only one of the samples saw is that of any process that uses a disk. */
  @Override
  Optional<Finding> finding(
      Observations observed, ProcessEvidence owner, ProcessStatus status, boolean serves) {
    if (owner.stateBefore().filter(State.BLOCKED::equals).isEmpty()) {
      return Optional.empty();
    }
    String channel = status.waitChannel().map(name -> " in " + name).orElse("");
    return Optional.of(
        found(serves ? Severity.WARNING : Severity.CRITICAL, Confidence.LIKELY, owner, status)
            .seen(owner + " waits inside the kernel" + channel)
            .means(
                "Both samples saw it in a wait that no signal interrupts, usually for a disk or a"
                    + " network file system. Even SIGKILL takes effect only after that wait.")
            .command(observed.commands().kernelStack(owner.pid()))
            .done());
  }
}
