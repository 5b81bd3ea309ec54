// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.Ownership;
import io.tcptable.TcpTable;
import io.tcptable.internal.server.ProcessFamily;
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

  /**
   * A line for each.
   *
   * @param scripts those that have started targets
   */
  static List<String> of(
      Set<OsProcess> targets, ProcessFamily family, List<OsProcess> scripts, TcpTable table) {
    PlanNotes plan = new PlanNotes(targets, family);
    plan.noteScripts(scripts);
    plan.noteLeftBehind();
    plan.noteUnreadable(table);
    return plan.notes;
  }

  /** A script may start the server again, later than anybody waits for it. */
  private void noteScripts(List<OsProcess> scripts) {
    scripts.forEach(
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
