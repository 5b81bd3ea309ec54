// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.internal.wording.Quantities;
import io.tcptable.process.ProcessStatus;
import io.tcptable.process.ProcessStatus.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The owner waits inside the kernel, where no signal reaches it: its main thread, or one that keeps
 * the lock of its memory mappings.
 */
final class ProcessBlocked extends ProcessStateRule {

  ProcessBlocked() {
    super(FindingCode.PROCESS_BLOCKED, "its process waits inside the kernel", State.BLOCKED);
  }

  @Override
  boolean isHang() {
    return true;
  }

  @Override
  boolean concerns(ProcessStatus status) {
    return status.frozenBy().isEmpty()
        && (super.concerns(status) || status.unanswered().isPresent());
  }

  /** A wait that only one of the samples saw is that of any process that uses a disk. */
  @Override
  Optional<Finding> finding(
      Observations observed, ProcessEvidence owner, ProcessStatus status, boolean serves) {
    if (status.unanswered().isPresent()) {
      return Optional.of(memoryLocked(observed, owner, status, serves));
    }
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

  private Finding memoryLocked(
      Observations observed, ProcessEvidence owner, ProcessStatus status, boolean serves) {
    Duration waited = status.unanswered().orElseThrow();
    return found(serves ? Severity.WARNING : Severity.CRITICAL, Confidence.LIKELY, owner, status)
        .seen(
            owner
                + " keeps its memory mappings locked: the kernel did not show its command line"
                + " within "
                + DurationText.of(waited))
        .figure("unanswered", waited)
        .means(
            "A thread of it waits inside the kernel with the lock of its memory mappings"
                + " (mmap_lock), usually for a disk or a network file system. Its other threads"
                + " stop as soon as they need memory. Even SIGKILL takes effect only after that"
                + " wait, and programs such as ps hang too.")
        .command(observed.commands().kernelStack(owner.pid()))
        .done();
  }

  @Override
  List<Finding> ofThreads(Observations observed) {
    // A server that answers may well have threads that write to a disk.
    return observed.isPresumedHealthy()
        ? List.of()
        : observed.owners().stream()
            .filter(owner -> owner.status().filter(status -> !concerns(status)).isPresent())
            .filter(owner -> !Thaw.isFrozen(owner))
            .flatMap(owner -> ofThreads(observed, owner).stream())
            .toList();
  }

  /** Threads other than the first, in such a wait at both looks. */
  private Optional<Finding> ofThreads(Observations observed, ProcessEvidence owner) {
    List<ThreadEvidence> threads = observed.threadsOf(owner.pid());
    List<ThreadEvidence> blocked = threads.stream().filter(ThreadEvidence::isBlocked).toList();
    if (blocked.isEmpty()) {
      return Optional.empty();
    }
    ThreadEvidence first = blocked.get(0);
    Optional<String> channel = first.now().waitChannel();
    Finding.Builder found =
        found(Severity.CRITICAL, Confidence.LIKELY)
            .cause("threads of its process wait inside the kernel")
            .of(owner.pid())
            .figure("blockedThreads", blocked.size())
            .figure("threads", threads.size())
            .figure("thread", first.now().id())
            .seen(
                blocked.size()
                    + " of "
                    + Quantities.count(threads.size(), "thread")
                    + " of "
                    + owner
                    + (blocked.size() == 1 ? " waits" : " wait")
                    + " inside the kernel"
                    + channel.map(name -> " in " + name).orElse("")
                    + ", such as "
                    + first)
            .means(
                "Both samples saw these threads in a wait that no signal interrupts, usually for a"
                    + " disk or a network file system. Requests that they serve get no answer."
                    + " Even SIGKILL takes effect only after that wait.")
            .command(observed.commands().kernelStack(first.now().id()));
    channel.ifPresent(name -> found.text("waitChannel", name));
    return Optional.of(found.done());
  }

  @Override
  String predicate(boolean isOne) {
    return isOne ? "waits inside the kernel" : "wait inside the kernel";
  }

  @Override
  void advise(Observations observed, List<Long> children, Finding.Builder found) {
    found.command(observed.commands().kernelStack(children.get(0)));
  }
}
