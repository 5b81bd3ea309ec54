// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.table.ProcessIdentity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who waits for a server that {@link BatchFile} has started: {@code npm.cmd} starts Node, that a
 * shell, and that the server. They run for the server only and end with it, so that Ctrl-C may
 * reach them too, as it does in a terminal. A batch file that anybody else has started may have
 * more to do.
 *
 * @param isStart whether a process is the interpreter of such a batch file
 */
record StartedBatches(WindowsProcessTree tree, Predicate<ProcessIdentity> isStart) {

  /**
   * The batch files and all between them and these processes; none of a batch file that has started
   * others besides.
   */
  Set<Integer> of(Set<Integer> pids) {
    Set<Integer> waiting = new HashSet<>();
    Set<Integer> known = new HashSet<>(pids);
    List<List<ProcessIdentity>> ways =
        tree.processes().stream()
            .filter(it -> pids.contains(it.pid()))
            .map(it -> wayUp(it.identity()))
            .filter(way -> !way.isEmpty())
            .toList();
    ways.forEach(way -> way.forEach(it -> known.add(it.pid())));
    for (List<ProcessIdentity> way : ways) {
      ProcessIdentity batch = way.get(way.size() - 1);
      if (tree.descendants(batch).stream().allMatch(it -> known.contains(it.pid()))) {
        way.forEach(it -> waiting.add(it.pid()));
      }
    }
    return waiting;
  }

  /** From the parent up to the batch file; empty if there is none. */
  private List<ProcessIdentity> wayUp(ProcessIdentity process) {
    List<ProcessIdentity> way = new ArrayList<>();
    for (Optional<ProcessIdentity> above = tree.parent(process);
        above.isPresent();
        above = tree.parent(above.get())) {
      way.add(above.get());
      if (isStart.test(above.get())) {
        return way;
      }
    }
    return List.of();
  }
}
