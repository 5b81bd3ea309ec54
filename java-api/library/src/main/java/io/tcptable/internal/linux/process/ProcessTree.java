// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.procfs.ProcDirectory;
import io.tcptable.internal.table.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who started whom, by the parent in every {@code /proc/PID/stat}. The kernel offers no look at all
 * of them at one instant, so a parent counts only if it is still the same process afterwards: a
 * child whose parent has died in between has another parent now.
 */
final class ProcessTree {

  private final Map<Integer, List<ProcessIdentity>> children = new HashMap<>();

  private ProcessTree() {}

  static ProcessTree read() throws IOException {
    ProcessTree tree = new ProcessTree();
    ProcDirectory.visitProcesses(
        Path.of("/proc"),
        process -> {
          int pid = ProcDirectory.pid(process);
          if (!ProcDirectory.isHidden(process)) {
            LinuxProcesses.stat(process)
                .ifPresent(stat -> tree.add(stat.parent(), stat.identity(pid)));
          }
          return true;
        });
    return tree;
  }

  private void add(int parent, ProcessIdentity child) {
    children.computeIfAbsent(parent, pid -> new ArrayList<>()).add(child);
  }

  /** Its children and theirs, each after its parent. */
  List<ProcessIdentity> below(ProcessIdentity root) throws IOException {
    Set<ProcessIdentity> found = new LinkedHashSet<>();
    collect(root, found);
    return List.copyOf(found);
  }

  private void collect(ProcessIdentity parent, Set<ProcessIdentity> into) throws IOException {
    List<ProcessIdentity> of = children.getOrDefault(parent.pid(), List.of());
    if (of.isEmpty() || !LinuxProcesses.isSame(parent)) {
      return;
    }
    for (ProcessIdentity child : of) {
      // An older one is the child of an earlier process with the parent's PID.
      if (child.start() >= parent.start() && into.add(child)) {
        collect(child, into);
      }
    }
  }
}
