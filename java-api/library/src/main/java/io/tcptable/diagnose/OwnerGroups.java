// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Owners by where they run: a service or a container that this process does not run in itself. */
final class OwnerGroups {

  private OwnerGroups() {}

  /** The PIDs of the owners by the name of their place, in order. */
  static Map<String, Set<Long>> by(
      Observations observed, Function<ProcessEvidence, Optional<String>> place) {
    Map<String, Set<Long>> pids = new TreeMap<>();
    for (ProcessEvidence owner : observed.owners()) {
      place
          .apply(owner)
          .ifPresent(name -> pids.computeIfAbsent(name, n -> new TreeSet<>()).add(owner.pid()));
    }
    return pids;
  }
}
