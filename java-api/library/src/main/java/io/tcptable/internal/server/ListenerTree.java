// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which of the processes that listen on a port descend from which. Each process is looked at once,
 * however many there are and however deep they stand: a user may make thousands of either.
 */
final class ListenerTree {

  private final Map<Long, ServerProcess> listening = new HashMap<>();
  private final Map<Long, Optional<ServerProcess>> above = new HashMap<>();
  private final Map<Long, Integer> below = new HashMap<>();

  ListenerTree(Collection<ServerProcess> listening) {
    listening.forEach(process -> this.listening.put(process.pid(), process));
    countBelow();
  }

  /** The closest ancestor of a process that listens too. */
  Optional<ServerProcess> above(ServerProcess process) {
    Deque<Long> passed = new ArrayDeque<>();
    Set<Long> seen = new HashSet<>();
    Optional<ServerProcess> found = Optional.empty();
    Optional<ServerProcess> at = Optional.of(process);
    while (at.isPresent() && seen.add(at.get().pid())) {
      if (above.containsKey(at.get().pid())) {
        found = above.getOrDefault(at.get().pid(), Optional.empty());
        break;
      }
      passed.push(at.get().pid());
      at = at.get().parent();
      found = at.flatMap(it -> Optional.ofNullable(listening.get(it.pid())));
      if (found.isPresent()) {
        break;
      }
    }
    for (long pid : passed) {
      above.put(pid, found);
    }
    return found;
  }

  /** How many of the others descend from this one. */
  int below(long pid) {
    return below.getOrDefault(pid, 0);
  }

  /** Whether another one descends from a process, or it from another one. */
  boolean isRelated(ServerProcess process) {
    return below(process.pid()) > 0 || above(process).isPresent();
  }

  /** From the leaves upwards, so that each hands its number on when that is complete. */
  private void countBelow() {
    Map<Long, Integer> awaited = new HashMap<>();
    for (ServerProcess process : listening.values()) {
      above(process).ifPresent(it -> awaited.merge(it.pid(), 1, Integer::sum));
    }
    Deque<ServerProcess> complete = new ArrayDeque<>();
    listening.values().stream()
        .filter(process -> !awaited.containsKey(process.pid()))
        .forEach(complete::add);
    while (!complete.isEmpty()) {
      ServerProcess process = complete.remove();
      Optional<ServerProcess> master = above(process);
      if (master.isPresent()) {
        below.merge(master.get().pid(), 1 + below(process.pid()), Integer::sum);
        if (awaited.merge(master.get().pid(), -1, Integer::sum) == 0) {
          complete.add(master.get());
        }
      }
    }
  }
}
