// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.OsProcess;
import io.tcptable.diagnose.SystemWords;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which processes are never stopped: this one, those that it descends from, PID 1 or what is of
 * Windows itself, and those that the user wants kept.
 */
public final class ProtectedProcesses {

  /** The first process, on Linux; no process on Windows has this PID. */
  public static final long INIT = 1;

  private final Set<Long> kept;
  private final long self = ProcessHandle.current().pid();
  private final Set<Long> ancestors = new LinkedHashSet<>();

  public ProtectedProcesses(Set<Long> kept) {
    this.kept = kept;
    Optional<ProcessHandle> ancestor = ProcessHandle.current().parent();
    while (ancestor.isPresent() && ancestors.add(ancestor.get().pid())) {
      ancestor = ancestor.get().parent();
    }
  }

  /** Why a process is not stopped, as in "python3(42) is ..."; empty if it may be. */
  public Optional<String> reason(OsProcess process) {
    long pid = process.pid();
    if (kept.contains(pid)) {
      return Optional.of("is to be kept");
    }
    if (pid == self) {
      return Optional.of("is this very process");
    }
    Optional<String> system = SystemWords.ofThisSystem().ofTheSystem(pid);
    if (system.isPresent()) {
      return system;
    }
    return isAncestor(process)
        ? Optional.of("is one that this process was started from")
        : Optional.empty();
  }

  /** Whether this process descends from that one. */
  boolean isAncestor(OsProcess process) {
    return ancestors.contains(process.pid());
  }
}
