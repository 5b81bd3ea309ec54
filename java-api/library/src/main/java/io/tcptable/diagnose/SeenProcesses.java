// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.internal.platform.Phrase;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.server.ServerProcess;
import io.tcptable.internal.server.Viewpoint;
import io.tcptable.internal.wording.Quantities;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The processes that a diagnosis saw, and how this process sees them. Immutable.
 *
 * @param byPid the owners of the sockets, and their ancestors
 * @param self this process
 * @param ownAncestors the processes that this one descends from
 * @param platform the operating system that was looked at
 */
record SeenProcesses(
    Map<Long, ProcessEvidence> byPid,
    ProcessEvidence self,
    Set<Long> ownAncestors,
    Platform platform) {

  /** More are only counted. */
  private static final int MOST_NAMED = 20;

  SeenProcesses {
    byPid = Map.copyOf(byPid);
    ownAncestors = Set.copyOf(ownAncestors);
  }

  /** The same of other processes. */
  SeenProcesses with(Map<Long, ProcessEvidence> others) {
    return new SeenProcesses(others, self, ownAncestors, platform);
  }

  Optional<ProcessEvidence> process(long pid) {
    return Optional.ofNullable(byPid.get(pid));
  }

  /** What tells which server a process is part of. */
  Optional<ServerProcess> seen(long pid) {
    return process(pid).map(this::seen);
  }

  /** The same of one that is known. */
  SeenProcess seen(ProcessEvidence process) {
    return new SeenProcess(this, process);
  }

  Optional<ProcessEvidence> parentOf(ProcessEvidence process) {
    return process.parent().isPresent() ? process(process.parent().getAsLong()) : Optional.empty();
  }

  /** Its parent, the parent of that and so on. */
  List<ProcessEvidence> ancestorsOf(ProcessEvidence process) {
    Map<Long, ProcessEvidence> ancestors = new LinkedHashMap<>();
    Optional<ProcessEvidence> next = parentOf(process);
    while (next.isPresent() && ancestors.putIfAbsent(next.get().pid(), next.get()) == null) {
      next = parentOf(next.get());
    }
    return List.copyOf(ancestors.values());
  }

  /** How this process sees them. */
  Viewpoint view() {
    return new Viewpoint(seen(self), ownAncestors::contains, platform);
  }

  /** The service a process belongs to, unless this program runs in it too: then it says nothing. */
  Optional<String> serviceOf(ProcessEvidence process) {
    return process.service().filter(name -> !self.service().equals(Optional.of(name)));
  }

  /** The container a process runs in, unless it is the one that this program runs in. */
  Optional<String> containerOf(ProcessEvidence process) {
    return process
        .container()
        .filter(id -> !self.container().equals(Optional.of(id)))
        .filter(id -> view().believesContainer(seen(process)));
  }

  /** The same for its tools: with its name instead of its ID, where that is known. */
  Optional<String> containerCalled(ProcessEvidence process) {
    return containerOf(process)
        .map(
            container ->
                process
                    .containerName()
                    .filter(name -> name.matches("[A-Za-z0-9_.-]+"))
                    .map(name -> container.substring(0, container.indexOf(' ') + 1) + name)
                    .orElse(container));
  }

  /** Whether this process runs as the user who may see and do everything. */
  boolean isSuperuser() {
    return self.user().filter(platform.phrases().of(Phrase.SUPERUSER)::equals).isPresent();
  }

  /** Name and PID of each, of many the first ones: {@code python3(19508), python3(26088)}. */
  String named(Set<Long> pids) {
    return Quantities.list(
        pids.stream()
            .sorted()
            .map(pid -> process(pid).map(ProcessEvidence::toString).orElse("PID " + pid))
            .toList(),
        MOST_NAMED);
  }
}
