// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.OsProcess;
import io.tcptable.internal.server.Conmon;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The owners of the sockets of a sample, and all their ancestors. */
final class OwnerAncestry {

  private OwnerAncestry() {}

  /**
   * All of them as they are now, by PID.
   *
   * @param first tells in which state the owners were before
   * @param second whose owners
   */
  static Map<Long, ProcessEvidence> of(Sample first, Sample second) {
    Map<Long, ProcessEvidence> processes = new LinkedHashMap<>();
    for (OsProcess owner : second.table().owners()) {
      Optional<OsProcess> next = Optional.of(owner);
      while (next.isPresent() && !processes.containsKey(next.get().pid())) {
        OsProcess process = next.get();
        processes.put(
            process.pid(),
            ProcessEvidence.of(process, Optional.ofNullable(first.states().get(process))));
        next = process.parent();
      }
    }
    processes.replaceAll((pid, process) -> named(process, processes));
    return processes;
  }

  /** Where the files of Podman do not tell the name of a container, its conmon does. */
  private static ProcessEvidence named(ProcessEvidence process, Map<Long, ProcessEvidence> all) {
    Optional<String> id =
        process.container().filter(it -> it.startsWith("libpod ")).map(it -> it.substring(7));
    if (id.isEmpty() || process.containerName().isPresent()) {
      return process;
    }
    Set<Long> passed = new HashSet<>();
    OptionalLong above = process.parent();
    while (above.isPresent() && passed.add(above.getAsLong())) {
      ProcessEvidence parent = all.get(above.getAsLong());
      Optional<String> name =
          parent == null
              ? Optional.empty()
              : Conmon.name(parent.executable(), parent.commandLine(), id.get());
      if (name.isPresent()) {
        return process.inContainerCalled(name.get());
      }
      above = parent == null ? OptionalLong.empty() : parent.parent();
    }
    return process;
  }
}
