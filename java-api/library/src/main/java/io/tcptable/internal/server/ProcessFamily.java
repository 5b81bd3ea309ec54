// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.OsProcess;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who has started whom, of all processes, read once. */
public final class ProcessFamily {

  private final Map<OsProcess, OsProcess> parents;
  private final Map<OsProcess, List<OsProcess>> children = new HashMap<>();

  private ProcessFamily(Map<OsProcess, OsProcess> parents) {
    this.parents = parents;
    parents.forEach(
        (child, parent) -> children.computeIfAbsent(parent, first -> new ArrayList<>()).add(child));
  }

  public static ProcessFamily read() {
    return new ProcessFamily(OsProcess.parents());
  }

  public Optional<OsProcess> parent(OsProcess of) {
    return Optional.ofNullable(parents.get(of));
  }

  public List<OsProcess> children(OsProcess of) {
    return children.getOrDefault(of, List.of());
  }

  /** All that descend from some processes, without these. */
  public Set<OsProcess> descendants(Collection<OsProcess> of) {
    Set<OsProcess> found = new HashSet<>(of);
    Deque<OsProcess> ahead = new ArrayDeque<>(of);
    while (!ahead.isEmpty()) {
      children(ahead.pop()).stream().filter(found::add).forEach(ahead::push);
    }
    of.forEach(found::remove);
    return found;
  }
}
