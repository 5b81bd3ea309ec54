// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import io.tcptable.Ownership;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.Phrase;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.platform.Right;
import io.tcptable.internal.wording.Quantities;
import io.tcptable.program.terminal.Terminal;
import java.util.List;
import java.util.Optional;

/** Says what a table lacks, as this user may not see it. */
public final class VisibilityWarnings {

  private final Terminal terminal;

  public VisibilityWarnings(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Warns of all of it. */
  public void warn(TcpTable table) {
    if (table.unseenNamespaces() > 0) {
      unseen("look into " + Quantities.count(table.unseenNamespaces(), "network namespace"));
    }
    if (table.unplacedProcesses() > 0) {
      unseen(
          "see the network namespace of " + Quantities.count(table.unplacedProcesses(), "process"));
    }
    if (table.unreadableProcesses() > 0) {
      unseen("look into " + Quantities.count(table.unreadableProcesses(), "process"));
    }
    if (table.hasHiddenProcesses()) {
      terminal.warn("processes of other users are hidden here (hidepid in proc(5)); " + toSeeAll());
    }
  }

  /**
   * Says of sockets without a known owner why it is not known, if nothing else was said of that.
   *
   * @param shown those that are shown with their owners
   */
  public void warnOfUnknown(TcpTable table, List<TcpSocket> shown) {
    List<TcpSocket> unknown =
        shown.stream().filter(it -> it.ownership() == Ownership.UNKNOWN).toList();
    if (unknown.isEmpty() || table.unreadableProcesses() > 0 || table.hasHiddenProcesses()) {
      return;
    }
    String why = Platforms.current().phrases().of(Phrase.HIDDEN_OWNER);
    String what = "the owner of " + Quantities.count(unknown.size(), "socket") + " is not known: ";
    Optional<TcpSocket> listener =
        unknown.stream().filter(it -> it.state() == TcpState.LISTEN).findFirst();
    terminal.warn(
        listener
            .map(it -> what + why + "; try: tcptable diagnose " + it.local().port())
            .orElse(what + "it was closed or passed on meanwhile, or " + why));
  }

  /** Whether the chosen namespace is there; says so if not. */
  public boolean isThere(NamespaceChoice choice, TcpTable table) {
    if (!choice.isOfOthers() || table.namespaces().stream().anyMatch(choice::includes)) {
      return true;
    }
    terminal.warn(
        "no network namespace or container that this user may see is called '"
            + choice.name().orElse("")
            + "'; run 'tcptable list --all-namespaces' to see them");
    return false;
  }

  private void unseen(String what) {
    terminal.warn("could not " + what + "; " + toSeeAll());
  }

  private static String toSeeAll() {
    Platform system = Platforms.current();
    return system
        .restriction(Right.SEE_PROCESSES)
        .map(it -> it.reason() + ": " + it.remedy())
        .orElseGet(() -> "run as " + system.phrases().of(Phrase.SUPERUSER) + " to see all owners");
  }
}
