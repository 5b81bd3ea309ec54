// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/**
 * Processes that make up one server, and the sockets they listen on.
 *
 * @param pids in ascending order
 * @param listeners at least one
 */
record Server(Set<Long> pids, List<SocketEvidence> listeners) {

  /** Without some of its processes. */
  Server without(LongPredicate excluded) {
    return new Server(
        pids.stream()
            .filter(pid -> !excluded.test(pid))
            .collect(Collectors.toCollection(TreeSet::new)),
        listeners);
  }

  /** Where it listens: {@code 0.0.0.0:3001, [::]:3001}. */
  String addresses() {
    return listeners.stream()
        .map(listener -> listener.bound().toString())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
