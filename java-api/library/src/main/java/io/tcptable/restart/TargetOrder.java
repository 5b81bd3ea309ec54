// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.internal.server.ProcessFamily;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The order in which processes are stopped: each after those it was started by. */
final class TargetOrder {

  private final Set<OsProcess> targets;
  private final ProcessFamily family;
  private final Map<OsProcess, Integer> depths = new HashMap<>();

  private TargetOrder(Set<OsProcess> targets, ProcessFamily family) {
    this.targets = targets;
    this.family = family;
  }

  static List<Target> of(Collection<Target> targets, ProcessFamily family) {
    TargetOrder order =
        new TargetOrder(targets.stream().map(Target::process).collect(Collectors.toSet()), family);
    return targets.stream()
        .sorted(Comparator.comparingInt(target -> order.depth(target.process())))
        .toList();
  }

  /** How many of the others a process descends from; known of all that were looked at before. */
  private int depth(OsProcess process) {
    Deque<OsProcess> chain = new ArrayDeque<>();
    Optional<OsProcess> above = Optional.of(process);
    while (above.isPresent() && depths.putIfAbsent(above.get(), 0) == null) {
      chain.push(above.get());
      above = family.parent(above.get());
    }
    for (OsProcess below : chain) {
      depths.put(
          below,
          above.map(it -> depths.getOrDefault(it, 0) + (targets.contains(it) ? 1 : 0)).orElse(0));
      above = Optional.of(below);
    }
    return depths.getOrDefault(process, 0);
  }
}
