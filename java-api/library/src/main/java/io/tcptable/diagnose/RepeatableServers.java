// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.OsProcess;
import io.tcptable.internal.server.ServerLaunch;
import io.tcptable.internal.server.ServerParent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out whether a restart could start a server again the way it runs. */
final class RepeatableServers {

  /** More are no instances of one server. */
  private static final int MOST = 20;

  private RepeatableServers() {}

  /** The PIDs of those that can be, of the processes that have started the owners. */
  static Set<Long> of(Observations observed) {
    Set<ProcessEvidence> roots =
        observed.owners().stream()
            .map(owner -> ServerParent.root(observed.processes().seen(owner)).pid())
            .flatMap(pid -> observed.process(pid).stream())
            .collect(Collectors.toSet());
    if (roots.size() > MOST) {
      return Set.of();
    }
    List<ServerLaunch> launches =
        roots.stream().flatMap(root -> launch(observed, root).stream()).toList();
    // Of several that differ it is not known which one is the server.
    return launches.size() == roots.size()
            && launches.stream().allMatch(it -> it.isSameAs(launches.get(0)))
        ? roots.stream().map(ProcessEvidence::pid).collect(Collectors.toSet())
        : Set.of();
  }

  private static Optional<ServerLaunch> launch(Observations observed, ProcessEvidence root) {
    return OsProcess.of(root.pid())
        .filter(now -> now.startedAt().equals(root.startedAt()))
        .flatMap(OsProcess::launch)
        .map(launch -> new ServerLaunch(launch, Optional.empty(), observed.platform()))
        .filter(launch -> launch.obstacle().isEmpty());
  }
}
