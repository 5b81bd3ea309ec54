// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.OsProcess;
import io.tcptable.internal.Platforms;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which processes are never stopped: this one, those that it descends from, PID 1 or what belongs
 * to Windows itself, and those that the user wants to keep.
 */
public final class ProtectedProcesses {

  private final Set<Long> kept;
  private final long self = ProcessHandle.current().pid();
  private final Set<Long> ancestors = ownAncestors();

  public ProtectedProcesses(Set<Long> kept) {
    this.kept = kept;
  }

  /**
   * The PIDs of those that this process descends from, its parent first. What is above one that
   * this user may not look at is not known.
   */
  public static Set<Long> ownAncestors() {
    Set<Long> pids = new LinkedHashSet<>();
    OptionalLong next = parent(ProcessHandle.current().pid());
    while (next.isPresent() && pids.add(next.getAsLong())) {
      next = parent(next.getAsLong());
    }
    return pids;
  }

  private static OptionalLong parent(long pid) {
    return OsProcess.of(pid).map(OsProcess::parentPid).orElse(OptionalLong.empty());
  }

  /** Why a process is not stopped, as in "python3(42) is ..."; empty if it may be. */
  public Optional<String> reason(long pid) {
    if (kept.contains(pid)) {
      return Optional.of("is to be kept");
    }
    if (pid == self) {
      return Optional.of("is this process");
    }
    Optional<String> system = Platforms.current().systemProcess(pid);
    if (system.isPresent()) {
      return system;
    }
    return isOwnAncestor(pid)
        ? Optional.of("has started this process, directly or indirectly")
        : Optional.empty();
  }

  /** Whether this process descends from that one. */
  public boolean isOwnAncestor(long pid) {
    return ancestors.contains(pid);
  }
}
