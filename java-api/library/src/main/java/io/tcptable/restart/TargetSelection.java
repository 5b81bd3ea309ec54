// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.internal.server.RememberedProcesses;
import io.tcptable.process.PortRole;
import io.tcptable.restart.Target.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What was chosen until now: who has to be stopped, what to tell of it, and why it must not be. */
final class TargetSelection {

  private final RememberedProcesses known;
  private final Map<OsProcess, Target> targets = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private Optional<Refusal> refusal = Optional.empty();

  TargetSelection(RememberedProcesses known) {
    this.known = known;
  }

  void add(OsProcess process, Role role, String why, PortRole portRole) {
    targets.put(process, new Target(process, role, why, portRole, known.of(process).user()));
  }

  /** Something that the user may want to know. */
  void note(String line) {
    notes.add(line);
  }

  /** A reason to stop nobody; the first one counts. */
  void refuse(Refusal found) {
    if (refusal.isEmpty()) {
      refusal = Optional.of(found);
    }
  }

  boolean isEmpty() {
    return targets.isEmpty();
  }

  boolean contains(OsProcess process) {
    return targets.containsKey(process);
  }

  Set<OsProcess> processes() {
    return targets.keySet();
  }

  Collection<Target> targets() {
    return targets.values();
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  Optional<Refusal> refusal() {
    return refusal;
  }
}
