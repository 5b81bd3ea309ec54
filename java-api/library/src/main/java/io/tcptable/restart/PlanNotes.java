// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.internal.server.ProcessFamily;
import io.tcptable.OsProcess;
import io.tcptable.Ownership;
import io.tcptable.TcpTable;
import io.tcptable.internal.server.ProtectedProcesses;
import io.tcptable.internal.server.RememberedProcesses;
import io.tcptable.internal.server.ServerProgram;
import io.tcptable.internal.wording.Quantities;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a plan does not touch, and what may undo it. */
final class PlanNotes {

  /** More are only counted. */
  private static final int MOST_NAMED = 10;

  private final Set<OsProcess> targets;
  private final ProcessFamily family;
  private final List<String> notes = new ArrayList<>();

  private PlanNotes(Set<OsProcess> targets, ProcessFamily family) {
    this.targets = targets;
    this.family = family;
  }

  static List<String> of(
      Set<OsProcess> targets,
      ProcessFamily family,
      RememberedProcesses processes,
      ProtectedProcesses protection,
      TcpTable table) {
    PlanNotes plan = new PlanNotes(targets, family);
    plan.noteScripts(processes, protection);
    plan.noteLeftBehind();
    plan.noteUnreadable(table);
    return plan.notes;
  }

  /** A script may start the server again, later than anybody waits for it. */
  private void noteScripts(RememberedProcesses processes, ProtectedProcesses protection) {
    targets.stream()
        .flatMap(target -> family.parent(target).stream())
        .filter(parent -> !targets.contains(parent) && !protection.isOwnAncestor(parent.pid()))
        .distinct()
        .filter(parent -> ServerProgram.isShellScript(processes.of(parent)))
        .forEach(
            parent ->
                notes.add(
                    parent
                        + " has started it from a script and is not stopped: it may start it"
                        + " again"));
  }

  /** What the server has started and has no socket of the port, such as a job in the background. */
  private void noteLeftBehind() {
    List<OsProcess> running = Processes.running(family.descendants(targets).stream());
    if (!running.isEmpty()) {
      notes.add(
          "started by the server and not stopped, since it holds no socket of the port: "
              + Processes.names(running, MOST_NAMED));
    }
  }

  private void noteUnreadable(TcpTable table) {
    boolean owned = table.stream().anyMatch(socket -> socket.ownership() == Ownership.OWNED);
    int unreadable = table.unreadableProcesses();
    if (owned && unreadable > 0) {
      notes.add(
          "this user cannot inspect "
              + Quantities.count(unreadable, "process")
              + ": "
              + (unreadable == 1 ? "it" : "some")
              + " may hold the port too");
    }
  }
}
