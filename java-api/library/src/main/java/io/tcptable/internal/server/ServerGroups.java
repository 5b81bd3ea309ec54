// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import static io.tcptable.internal.server.ServerParent.isKnownAndEqual;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.Stream;

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
    List<ServerProcess> known =
        leaders.keySet().stream().flatMap(pid -> processes.apply(pid).stream()).toList();
    ListenerTree tree = new ListenerTree(known);
    Map<Object, Long> firstOf = new HashMap<>();
    for (ServerProcess process : known) {
      tree.above(process).ifPresent(above -> join(above.pid(), process.pid()));
      for (Object trait : traits(process)) {
        join(firstOf.computeIfAbsent(trait, t -> process.pid()), process.pid());
      }
    }
  }

  private record Fork(long programImage, long session) {}

  private record Started(ServerProcess byServer) {}

  private record Forwarder(String name, ServerProcess parent) {}

  /** Two processes that have one of these in common belong together. */
  private static List<Object> traits(ServerProcess process) {
    return Stream.<Optional<?>>of(
            process
                .programImage()
                .flatMap(image -> process.session().map(session -> new Fork(image, session))),
            process.parent().filter(parent -> isServerOf(parent, process)).map(Started::new),
            process
                .parent()
                .filter(parent -> FORWARDERS.contains(process.name()))
                .map(parent -> new Forwarder(process.name(), parent)))
        .<Object>flatMap(Optional::stream)
        .toList();
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

  private void join(long a, long b) {
    leaders.put(leader(b), leader(a));
  }

  private long leader(long pid) {
    long leader = pid;
    long next = leaders.getOrDefault(leader, leader);
    while (next != leader) {
      long further = leaders.getOrDefault(next, next);
      // Half as far the next time.
      leaders.put(leader, further);
      leader = further;
      next = leaders.getOrDefault(leader, leader);
    }
    return leader;
  }

  private List<Set<Long>> groups() {
    Map<Long, Set<Long>> members = new TreeMap<>();
    List.copyOf(leaders.keySet())
        .forEach(pid -> members.computeIfAbsent(leader(pid), l -> new TreeSet<>()).add(pid));
    return members.values().stream()
        .sorted(Comparator.comparing(pids -> pids.iterator().next()))
        .toList();
  }
}
