// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Advice;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.wording.DurationText;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A thread of the owner computes all the time, while the health check gets no answer. */
final class CpuBusy extends ServerRule {

  /**
   * In percent of the time between the looks. The kernel counts a wait for a processor when it is
   * over, so the last one is missing.
   */
  private static final int MOSTLY = 60;

  /** A wait for a processor that is worth a word, in percent. */
  private static final int LONG_WAIT = 10;

  CpuBusy() {
    super(FindingCode.CPU_BUSY, "its process is busy on the CPU");
  }

  @Override
  List<Finding> findings(Observations observed) {
    if (!observed.health().isUnanswered()) {
      return List.of();
    }
    return observed.owners().stream().flatMap(owner -> finding(observed, owner).stream()).toList();
  }

  private Optional<Finding> finding(Observations observed, ProcessEvidence owner) {
    return observed.threadsOf(owner.pid()).stream()
        .filter(ThreadEvidence::isRunning)
        .max(Comparator.comparingInt(thread -> thread.percentWanted(observed.apart())))
        .filter(thread -> thread.percentWanted(observed.apart()) >= MOSTLY)
        .map(thread -> finding(observed, owner, thread));
  }

  private Finding finding(Observations observed, ProcessEvidence owner, ThreadEvidence thread) {
    int percent = thread.percent(observed.apart());
    int wanted = thread.percentWanted(observed.apart());
    long threads = observed.threadsOf(owner.pid()).size();
    boolean isFirst = thread.isFirst(owner.pid());
    // The others of a process with many may serve, if it is not the first that does so.
    boolean isAlone = isFirst || threads == 1;
    return found(Severity.CRITICAL, isAlone ? Confidence.LIKELY : Confidence.POSSIBLE)
        .cause(
            observed.owners().size() == 1
                ? "its process is busy: " + percent + " % of a CPU"
                : owner + " is busy: " + percent + " % of a CPU")
        .of(owner.pid())
        .seen(
            (isFirst ? owner + " used " : "thread " + thread + " of " + owner + " used ")
                + percent
                + " % of a CPU for "
                + DurationText.of(observed.apart())
                + (wanted - percent < LONG_WAIT
                    ? ""
                    : " and waited for a CPU for " + (wanted - percent) + " % of that time"))
        .figure("thread", thread.now().id())
        .text("threadName", thread.now().name())
        .figure("cpuPercent", percent)
        .figure("cpuWaitPercent", wanted - percent)
        .figure("watched", observed.apart())
        .means(
            "The process does not wait: it computes, and answers nothing meanwhile. This is a long"
                + " piece of work, such as a first compilation, or an endless loop.")
        .advise(SuggestedCommands.diagnose(observed, Advice.Diagnose.How.AGAIN))
        .advise(StackCommands.of(owner))
        .command(observed.commands().busyThreads(owner.pid()))
        .advise(SuggestedCommands.restart(observed))
        .done();
  }
}
