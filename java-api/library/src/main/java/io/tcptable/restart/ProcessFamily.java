// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who has started whom, of all processes, read once. */
final class ProcessFamily {

  private final Map<OsProcess, OsProcess> parents;
  private final Map<OsProcess, List<OsProcess>> children = new HashMap<>();

  private ProcessFamily(Map<OsProcess, OsProcess> parents) {
    this.parents = parents;
    parents.forEach(
        (child, parent) -> children.computeIfAbsent(parent, first -> new ArrayList<>()).add(child));
  }

  static ProcessFamily read() {
    return new ProcessFamily(OsProcess.parents());
  }

  Optional<OsProcess> parent(OsProcess of) {
    return Optional.ofNullable(parents.get(of));
  }

  List<OsProcess> children(OsProcess of) {
    return children.getOrDefault(of, List.of());
  }
}
