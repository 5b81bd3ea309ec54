// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.ListenAddress;
import io.tcptable.OsProcess;
import io.tcptable.internal.server.MissingBindRight;
import io.tcptable.internal.server.ServerLaunch;
import io.tcptable.internal.server.ServerParent;
import io.tcptable.process.LaunchObstacle;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a restart could start a server again the way it runs.
 *
 * @param pids those that it could, of the processes that have started the owners
 * @param missingRight why what is started that way, be it with another input, certainly could not
 *     bind an address of the port
 */
record RepeatableServers(Set<Long> pids, Optional<MissingBindRight> missingRight) {

  static final RepeatableServers NONE = new RepeatableServers(Set.of(), Optional.empty());

  /** More are no instances of one server. */
  private static final int MOST = 20;

  RepeatableServers {
    pids = Set.copyOf(pids);
  }

  static RepeatableServers of(Observations observed) {
    Set<ProcessEvidence> roots =
        observed.owners().stream()
            .map(owner -> ServerParent.root(observed.processes().seen(owner)).pid())
            .flatMap(pid -> observed.process(pid).stream())
            .collect(Collectors.toSet());
    if (roots.isEmpty() || roots.size() > MOST) {
      return NONE;
    }
    List<ServerLaunch> launches =
        roots.stream().flatMap(root -> launch(observed, root).stream()).toList();
    // Of several that differ it is not known which one is the server.
    if (launches.size() != roots.size()
        || !launches.stream().allMatch(it -> it.isSameAs(launches.get(0)))) {
      return NONE;
    }
    boolean lacksInput = launches.stream().anyMatch(it -> it.obstacle().isPresent());
    return new RepeatableServers(
        lacksInput
            ? Set.of()
            : roots.stream().map(ProcessEvidence::pid).collect(Collectors.toSet()),
        missingRight(observed, launches.get(0)));
  }

  private static Optional<ServerLaunch> launch(Observations observed, ProcessEvidence root) {
    return OsProcess.of(root.pid())
        .filter(now -> now.startedAt().equals(root.startedAt()))
        .flatMap(OsProcess::launch)
        .map(launch -> new ServerLaunch(launch, Optional.empty(), observed.platform()))
        .filter(launch -> launch.obstacle().filter(RepeatableServers::isMore).isEmpty());
  }

  /** Whether more is in the way than an input that a new server would not have. */
  private static boolean isMore(LaunchObstacle obstacle) {
    return obstacle.kind() != LaunchObstacle.Kind.INPUT_NEEDED;
  }

  private static Optional<MissingBindRight> missingRight(
      Observations observed, ServerLaunch launch) {
    return observed.listeners().stream()
        .map(SocketEvidence::bound)
        .distinct()
        .sorted(Comparator.comparing(ListenAddress::toString))
        .flatMap(
            address -> MissingBindRight.of(address, observed.policy(), launch.request()).stream())
        .filter(MissingBindRight::isCertain)
        .findFirst();
  }
}
