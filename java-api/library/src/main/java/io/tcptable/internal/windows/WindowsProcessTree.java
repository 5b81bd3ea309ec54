// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.table.ProcessIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who started whom, among the processes of one moment. Windows keeps a parent's PID after its end,
 * when it may be given to another process: one that is younger than its child is not its parent.
 * The host of a console is left out: Windows starts one for the first program on it, and it ends
 * with the last.
 */
record WindowsProcessTree(List<ListedProcess> processes) {

  private static final Set<String> CONSOLE_HOSTS = Set.of("conhost.exe", "openconsole.exe");

  WindowsProcessTree {
    processes =
        processes.stream()
            .filter(it -> !CONSOLE_HOSTS.contains(it.name().toLowerCase(Locale.ROOT)))
            .toList();
  }

  Optional<ProcessIdentity> parent(ProcessIdentity process) {
    return processes.stream()
        .filter(now -> now.is(process))
        .flatMap(child -> processes.stream().filter(other -> isParent(other, child)))
        .map(ListedProcess::identity)
        .findFirst();
  }

  Map<ProcessIdentity, ProcessIdentity> parents() {
    Map<Integer, ListedProcess> byPid = new HashMap<>();
    processes.forEach(process -> byPid.put(process.pid(), process));
    Map<ProcessIdentity, ProcessIdentity> parents = new HashMap<>();
    for (ListedProcess child : processes) {
      ListedProcess parent = byPid.get(child.parent());
      if (parent != null && isParent(parent, child)) {
        parents.put(child.identity(), parent.identity());
      }
    }
    return parents;
  }

  private static boolean isParent(ListedProcess parent, ListedProcess child) {
    return child.parent() == parent.pid()
        && parent.pid() != 0
        && child.pid() != parent.pid()
        && parent.start() <= child.start();
  }

  List<ProcessIdentity> descendants(ProcessIdentity process) {
    List<ListedProcess> found = new ArrayList<>();
    processes.stream().filter(now -> now.is(process)).forEach(found::add);
    for (int i = 0; i < found.size(); i++) {
      ListedProcess parent = found.get(i);
      processes.stream()
          .filter(child -> isParent(parent, child) && !found.contains(child))
          .forEach(found::add);
    }
    return found.stream().skip(1).map(ListedProcess::identity).toList();
  }

  /** The children of a process with this PID that has ended: older than who has the PID now. */
  List<ProcessIdentity> startedByEarlier(int pid) {
    long reused =
        processes.stream()
            .filter(process -> process.pid() == pid)
            .mapToLong(ListedProcess::start)
            .findFirst()
            .orElse(Long.MAX_VALUE);
    return processes.stream()
        .filter(process -> process.parent() == pid && process.pid() != pid)
        .filter(process -> process.start() < reused)
        .map(ListedProcess::identity)
        .toList();
  }
}
