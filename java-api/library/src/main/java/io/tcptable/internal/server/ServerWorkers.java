// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import static io.tcptable.internal.server.ServerParent.isKnownAndEqual;

import io.tcptable.OsProcess;
import io.tcptable.process.ProcessLaunch;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Workers of a server that hold no socket of its port, as another process of the server hands them
 * their connections or their tasks. They are of no use without it, and one that is stopped by a
 * signal would stay for ever. A job of another kind that the server has started is none: it may be
 * meant to outlive it.
 */
public final class ServerWorkers {

  /** What node:cluster gives to each of its workers, and to nothing else. */
  private static final String CLUSTER_WORKER = "NODE_UNIQUE_ID";

  private final ProcessFamily family;
  private final RememberedProcesses processes;

  public ServerWorkers(ProcessFamily family, RememberedProcesses processes) {
    this.family = family;
    this.processes = processes;
  }

  /**
   * Those below some servers, each with what shows it, after the one that it works for.
   *
   * @param isOther whether a process is none, and nothing below it, whatever it looks like
   */
  public Map<OsProcess, String> of(Collection<OsProcess> servers, Predicate<OsProcess> isOther) {
    Map<OsProcess, String> found = new LinkedHashMap<>();
    Set<OsProcess> known = Set.copyOf(servers);
    Deque<OsProcess> ahead = new ArrayDeque<>(servers);
    while (!ahead.isEmpty()) {
      OsProcess server = ahead.remove();
      List<OsProcess> children =
          family.children(server).stream()
              .filter(it -> !known.contains(it) && !isOther.test(it) && it.isRunning())
              .toList();
      processes.lookAt(children);
      for (OsProcess child : children) {
        evidence(server, child)
            .filter(why -> found.putIfAbsent(child, why) == null)
            .ifPresent(why -> ahead.add(child));
      }
    }
    return found;
  }

  private Optional<String> evidence(OsProcess server, OsProcess child) {
    ServerProcess above = processes.of(server);
    ServerProcess below = processes.of(child);
    if (!isKnownAndEqual(above.executable(), below.executable())
        || !isKnownAndEqual(above.session(), below.session())) {
      return Optional.empty();
    }
    if (isKnownAndEqual(above.programImage(), below.programImage())) {
      return Optional.of("is a fork of " + server);
    }
    if (isClusterWorker(child)) {
      return Optional.of("is a node:cluster worker of " + server);
    }
    if (ServerLaunch.isInternal(below.commandLine())) {
      return Optional.of("was started by a library of " + server + " for itself");
    }
    return isSameCommand(above.commandLine(), below.commandLine())
        ? Optional.of("was started by " + server + " with its own command line")
        : Optional.empty();
  }

  private static boolean isClusterWorker(OsProcess process) {
    return process
        .launch()
        .map(ProcessLaunch::environment)
        .filter(it -> it.containsKey(CLUSTER_WORKER))
        .isPresent();
  }

  /** By whichever name the program was called. */
  private static boolean isSameCommand(List<String> one, List<String> other) {
    return one.size() > 1
        && one.size() == other.size()
        && one.subList(1, one.size()).equals(other.subList(1, other.size()));
  }
}
