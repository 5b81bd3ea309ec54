// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.procfs.ProcDirectory;
import io.tcptable.internal.table.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who started whom, by the parent in every {@code /proc/PID/stat}. The kernel offers no look at all
 * of them at one instant, so a parent counts only if it is still the same process afterwards: a
 * child whose parent has died in between has another parent now.
 */
final class ProcessTree {

  private final Map<Integer, List<ProcessIdentity>> children = new HashMap<>();

  private ProcessTree() {}

  /** Idle threads of the common pool join in. */
  static ProcessTree read() throws IOException {
    List<Path> processes = new ArrayList<>();
    ProcDirectory.visitProcesses(Path.of("/proc"), processes::add);
    List<Child> found;
    try {
      found = processes.parallelStream().flatMap(it -> child(it).stream()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    ProcessTree tree = new ProcessTree();
    found.forEach(tree::add);
    return tree;
  }

  private record Child(int parent, ProcessIdentity process) {}

  /** What the kernel says of a process; empty if it is gone or hidden. */
  private static Optional<Child> child(Path process) {
    try {
      return ProcIdentity.statIfShown(process)
          .map(it -> new Child(it.parent(), it.identity(ProcDirectory.pid(process))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(Child child) {
    children.computeIfAbsent(child.parent(), pid -> new ArrayList<>()).add(child.process());
  }

  List<ProcessIdentity> all() {
    return children.values().stream().flatMap(List::stream).toList();
  }

  /** The parent of each process that has one. */
  Map<ProcessIdentity, ProcessIdentity> parents() throws IOException {
    Map<Integer, ProcessIdentity> byPid = new HashMap<>();
    all().forEach(process -> byPid.put(process.pid(), process));
    Map<ProcessIdentity, ProcessIdentity> parents = new HashMap<>();
    for (Map.Entry<Integer, List<ProcessIdentity>> of : children.entrySet()) {
      ProcessIdentity parent = byPid.get(of.getKey());
      if (parent != null) {
        ofThat(parent).forEach(child -> parents.put(child, parent));
      }
    }
    return parents;
  }

  /** Its children and theirs, each after its parent. */
  List<ProcessIdentity> below(ProcessIdentity root) throws IOException {
    Set<ProcessIdentity> found = new LinkedHashSet<>();
    // No recursion: a chain may have as many processes as there are PIDs.
    Deque<ProcessIdentity> ahead = new ArrayDeque<>(List.of(root));
    while (!ahead.isEmpty()) {
      ofThat(ahead.remove()).stream().filter(found::add).forEach(ahead::add);
    }
    return List.copyOf(found);
  }

  /** Its children; an older one is the child of an earlier process with its PID. */
  private List<ProcessIdentity> ofThat(ProcessIdentity parent) throws IOException {
    List<ProcessIdentity> of = children.getOrDefault(parent.pid(), List.of());
    return of.isEmpty() || !ProcIdentity.isSame(parent)
        ? List.of()
        : of.stream().filter(child -> child.start() >= parent.start()).toList();
  }
}
