// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.platform.PinnedHandle;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.table.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Holds a process by its start time where there is no pidfd: compared right before each signal. If
 * the process ends between the comparison and the signal, microseconds, and its PID is given away
 * within them, the signal would reach another; {@link #isPinned()} says so.
 */
final class UnpinnedHandle implements PinnedHandle {

  private static final int REAL = 0;
  private static final int EFFECTIVE = 1;
  private static final int SAVED = 2;
  private static final long ROOT = 0;

  private final ProcessIdentity process;

  UnpinnedHandle(ProcessIdentity process) {
    this.process = process;
  }

  @Override
  public boolean isPinned() {
    return false;
  }

  /** As {@code kill(2)} has it: root, or one of my user IDs is one of its. */
  @Override
  public boolean maySignal() {
    List<Long> mine = userIds("self");
    List<Long> its = userIds(Integer.toString(process.pid()));
    if (mine.size() <= SAVED) {
      throw new SourceException("/proc", "", "this process's user is not known: /proc/self/status");
    }
    boolean related =
        its.size() > SAVED
            && !Collections.disjoint(
                List.of(mine.get(REAL), mine.get(EFFECTIVE)),
                List.of(its.get(REAL), its.get(SAVED)));
    return mine.get(EFFECTIVE) == ROOT || related || hasEnded();
  }

  private static List<Long> userIds(String process) {
    return ProcUserIds.all(ProcFile.textIfKnown(Path.of("/proc", process, "status")));
  }

  @Override
  public boolean terminate() {
    return signal(false);
  }

  @Override
  public boolean kill() {
    return signal(true);
  }

  private boolean signal(boolean forcibly) {
    Optional<ProcessHandle> handle = ProcessHandle.of(process.pid());
    if (handle.isEmpty() || hasEnded()) {
      return false;
    }
    boolean sent = forcibly ? handle.get().destroyForcibly() : handle.get().destroy();
    if (!sent && !hasEnded()) {
      throw Errno.failure("kill", -Errno.EPERM, "signalling a process");
    }
    return sent;
  }

  @Override
  public boolean hasEnded() {
    try {
      return !ProcIdentity.isRunning(process);
    } catch (IOException e) {
      throw new SourceException("/proc", "looking at a process: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    // Nothing is kept open.
  }
}
