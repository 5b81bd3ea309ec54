// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import static io.tcptable.internal.server.ServerParent.isKnownAndEqual;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;

/**
 * Which of the processes that listen on a port belong together, and which are servers of their own.
 *
 * <p>They belong together if they hold the same socket, which only inheriting or passing it on can
 * bring about; if one descends from the other; if they are forks of one program run within one
 * session, as the workers of a server are; or if their common parent runs the same program with the
 * same first argument in the same process group, as a server does that starts its workers as new
 * programs instead of forking them. A common parent alone says nothing: it may be a shell or init.
 */
public final class ServerGroups {

  /** A container's port is forwarded by one process for each address, all of the same daemon. */
  private static final Set<String> FORWARDERS = Set.of("docker-proxy", "rootlessport");

  private final LongFunction<Optional<ServerProcess>> processes;
  private final Map<Long, Long> leaders = new TreeMap<>();

  private ServerGroups(LongFunction<Optional<ServerProcess>> processes) {
    this.processes = processes;
  }

  /**
   * The PIDs of each server, in ascending order of PIDs.
   *
   * @param owners of each listening socket, the PIDs of those who hold it
   * @param processes what is known of a process
   */
  public static List<Set<Long>> of(
      Collection<List<Long>> owners, LongFunction<Optional<ServerProcess>> processes) {
    ServerGroups servers = new ServerGroups(processes);
    owners.forEach(servers::joinOwners);
    servers.joinRelatives();
    return servers.groups();
  }

  private void joinOwners(List<Long> ofOneSocket) {
    for (long pid : ofOneSocket) {
      leaders.putIfAbsent(pid, pid);
      join(ofOneSocket.get(0), pid);
    }
  }

  private void joinRelatives() {
    List<Long> pids = new ArrayList<>(leaders.keySet());
    for (int i = 0; i < pids.size(); i++) {
      for (int j = i + 1; j < pids.size(); j++) {
        if (leader(pids.get(i)) != leader(pids.get(j)) && areRelated(pids.get(i), pids.get(j))) {
          join(pids.get(i), pids.get(j));
        }
      }
    }
  }

  private boolean areRelated(long a, long b) {
    return processes
        .apply(a)
        .flatMap(first -> processes.apply(b).map(second -> areRelated(first, second)))
        .orElse(false);
  }

  private static boolean areRelated(ServerProcess a, ServerProcess b) {
    return a.ancestors().contains(b)
        || b.ancestors().contains(a)
        || areForks(a, b)
        || areStartedByTheirServer(a, b)
        || areForwarders(a, b);
  }

  private static boolean areForks(ServerProcess a, ServerProcess b) {
    return isKnownAndEqual(a.programImage(), b.programImage())
        && isKnownAndEqual(a.session(), b.session());
  }

  private static boolean areStartedByTheirServer(ServerProcess a, ServerProcess b) {
    return haveOneParent(a, b)
        && a.parent().filter(parent -> isServerOf(parent, a) && isServerOf(parent, b)).isPresent();
  }

  private static boolean isServerOf(ServerProcess parent, ServerProcess worker) {
    return isKnownAndEqual(parent.executable(), worker.executable())
        && isKnownAndEqual(parent.processGroup(), worker.processGroup())
        && firstArgument(parent).equals(firstArgument(worker))
        && !firstArgument(parent).isEmpty();
  }

  /** Usually the script or jar: the first argument that is not an option. */
  private static String firstArgument(ServerProcess process) {
    return process.commandLine().stream()
        .skip(1)
        .filter(argument -> !argument.startsWith("-"))
        .findFirst()
        .orElse("");
  }

  private static boolean areForwarders(ServerProcess a, ServerProcess b) {
    return FORWARDERS.contains(a.name()) && a.name().equals(b.name()) && haveOneParent(a, b);
  }

  private static boolean haveOneParent(ServerProcess a, ServerProcess b) {
    return isKnownAndEqual(a.parent(), b.parent());
  }

  private void join(long a, long b) {
    long first = leader(a);
    long second = leader(b);
    leaders.replaceAll((pid, leader) -> leader == second ? first : leader);
  }

  private long leader(long pid) {
    return leaders.getOrDefault(pid, pid);
  }

  private List<Set<Long>> groups() {
    Map<Long, Set<Long>> members = new TreeMap<>();
    leaders
        .keySet()
        .forEach(pid -> members.computeIfAbsent(leader(pid), l -> new TreeSet<>()).add(pid));
    return members.values().stream()
        .sorted(Comparator.comparing(pids -> pids.iterator().next()))
        .toList();
  }
}
