// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.internal.server.ProcessFamily;
import io.tcptable.internal.server.ProtectedProcesses;
import io.tcptable.internal.server.RememberedProcesses;
import io.tcptable.internal.server.ServedPorts;
import io.tcptable.internal.server.ServerParent;
import io.tcptable.internal.server.ServerWorkers;
import io.tcptable.process.PortRole;
import io.tcptable.restart.Target.Role;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Adds the parents and workers that are part of the same server as the targets. */
final class FamilyTargets {

  private final TargetSelection selection;
  private final ProcessFamily family;
  private final RememberedProcesses processes;
  private final ProtectedProcesses protection;
  private final StopSettings settings;

  FamilyTargets(
      TargetSelection selection,
      ProcessFamily family,
      RememberedProcesses processes,
      ProtectedProcesses protection,
      StopSettings settings) {
    this.selection = selection;
    this.family = family;
    this.processes = processes;
    this.protection = protection;
    this.settings = settings;
  }

  /** The parents of the targets that are part of the same server, and theirs. */
  void addParents() {
    Deque<OsProcess> ahead = new ArrayDeque<>(selection.processes());
    while (!ahead.isEmpty()) {
      OsProcess child = ahead.pop();
      family.parent(child).filter(parent -> addParent(parent, child)).ifPresent(ahead::push);
      HiddenParent.of(child, family, protection).ifPresent(this::spare);
    }
  }

  private void spare(HiddenParent parent) {
    if (settings.partial()) {
      selection.note(parent + ", is not stopped");
    } else {
      selection.refuse(parent.refusal());
    }
  }

  private boolean addParent(OsProcess parent, OsProcess child) {
    if (selection.contains(parent)) {
      return false;
    }
    Optional<ServerParent> relation =
        ServerParent.of(processes.of(parent), processes.of(child)).filter(it -> isAllOf(parent));
    if (relation.isEmpty()) {
      return false;
    }
    String why = why(relation.get(), child);
    Optional<String> reason = protection.reason(parent.pid());
    if (reason.isPresent()) {
      selection.note(parent + " " + why + " and is not stopped: it " + reason.get());
      return false;
    }
    PortRole role = new PortRole(relation.get().role(), why);
    selection.add(parent, Role.PARENT, why, role);
    return true;
  }

  /**
   * The workers of the listeners.
   *
   * @param served the other ports: those that serve one are more than workers of this port
   */
  void addWorkers(ServedPorts served) {
    List<OsProcess> listening =
        selection.targets().stream()
            .filter(it -> it.role() == Role.LISTENER)
            .map(Target::process)
            .toList();
    new ServerWorkers(family, processes)
        .of(
            listening,
            child ->
                selection.contains(child)
                    || protection.reason(child.pid()).isPresent()
                    || served.areServedBy(child))
        .forEach(
            (worker, why) ->
                selection.add(worker, Role.WORKER, why, new PortRole(PortRole.Kind.WORKER, why)));
  }

  /** Whether the targets are all that still runs of what a process has started. */
  private boolean isAllOf(OsProcess parent) {
    return family.children(parent).stream()
        .allMatch(child -> selection.contains(child) || !child.isRunning());
  }

  private static String why(ServerParent relation, OsProcess child) {
    return switch (relation) {
      case RELOADER -> "is a reloader and runs only " + child;
      case LAUNCHER -> "runs only " + child + " for a reloader";
      case HIDDEN -> "runs " + child + " and may hold the port too: this user cannot inspect it";
      case MASTER -> "has forked only " + child;
      case SAME_PROGRAM -> "has started the same program again, only as " + child;
    };
  }
}
