// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.PinnedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Those who are to be stopped, all of them pinned before the first is signalled. */
final class PinnedTargets implements AutoCloseable {

  private final List<PinnedProcess> permitted = new ArrayList<>();
  private final List<OsProcess> forbidden = new ArrayList<>();

  private boolean signalled;

  private PinnedTargets() {}

  /** Pins those that still exist; keeps their order. */
  static PinnedTargets pin(Collection<OsProcess> processes) {
    PinnedTargets targets = new PinnedTargets();
    boolean complete = false;
    try {
      processes.forEach(targets::add);
      complete = true;
      return targets;
    } finally {
      if (!complete) {
        targets.close();
      }
    }
  }

  private void add(OsProcess process) {
    Optional<PinnedProcess> held = process.hold();
    if (held.isEmpty()) {
      return;
    }
    boolean mine = false;
    try {
      mine = held.get().maySignal();
    } finally {
      if (!mine) {
        held.get().close();
      }
    }
    if (mine) {
      permitted.add(held.get());
    } else {
      forbidden.add(process);
    }
  }

  /** Those whom this user may not stop. */
  List<OsProcess> forbidden() {
    return forbidden;
  }

  /** Those whom this user may stop. */
  List<OsProcess> permitted() {
    return permitted.stream().map(PinnedProcess::process).toList();
  }

  /** Whether the system itself rules out that a signal reaches a later process. */
  boolean arePinned() {
    return permitted.stream().allMatch(PinnedProcess::isPinned);
  }

  /** Whether any of them can be asked to end. */
  boolean canBeAsked() {
    return permitted.stream().anyMatch(PinnedProcess::canBeAsked);
  }

  /** Whether any of them may have been signalled. */
  boolean wereSignalled() {
    return signalled;
  }

  /**
   * Asks all to terminate, parents first, so that they do not start their children again.
   *
   * @return whether any of them was asked
   */
  boolean terminate() {
    signalled = true;
    return PinnedProcess.terminate(permitted);
  }

  void kill() {
    signalled = true;
    permitted.forEach(PinnedProcess::kill);
  }

  /** Waits for all and returns those who have not ended by then. */
  List<OsProcess> awaitEnd(Duration longest) throws InterruptedException {
    Deadline deadline = Deadline.after(longest);
    for (PinnedProcess process : permitted) {
      process.awaitEnd(deadline.left());
    }
    return running();
  }

  /** Those who have not ended, or of whom that cannot be told. */
  List<OsProcess> running() {
    return permitted.stream().filter(held -> !hasEnded(held)).map(PinnedProcess::process).toList();
  }

  private static boolean hasEnded(PinnedProcess process) {
    try {
      return process.hasEnded();
    } catch (RuntimeException | Error e) {
      // The report that this is for has to come out.
      return false;
    }
  }

  @Override
  public void close() {
    permitted.forEach(PinnedTargets::close);
  }

  private static void close(PinnedProcess process) {
    try {
      process.close();
    } catch (RuntimeException | Error e) {
      // A descriptor more is open. The report has to come out, and the others be closed.
    }
  }
}
