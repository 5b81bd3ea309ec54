// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Ownership;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which of the processes that listen on a port belong together, and which are servers of their own.
 *
 * <p>They belong together if they hold the same socket, which only inheriting or passing it on can
 * bring about; if one descends from the other; if they are forks of one program run within one
 * session, as the workers of a server are; or if their common parent runs the same program with the
 * same first argument in the same process group, as a server does that starts its workers anew
 * instead of forking them. A common parent alone says nothing: it may be a shell or init.
 */
final class Servers {

  /** Containers' ports are forwarded by one process for each address, all of the same daemon. */
  private static final Set<String> FORWARDERS = Set.of("docker-proxy", "rootlessport");

  private final Observations evidence;
  private final Map<Long, Long> leaders = new TreeMap<>();

  private Servers(Observations evidence) {
    this.evidence = evidence;
  }

  /** By their lowest PIDs. A listener whose owner is not known belongs to none. */
  static List<Server> of(Observations evidence) {
    Servers servers = new Servers(evidence);
    servers.joinOwnersOfEachSocket();
    servers.joinRelatives();
    return servers.groups();
  }

  private void joinOwnersOfEachSocket() {
    for (SocketEvidence listener : evidence.listeners()) {
      for (long pid : listener.owners()) {
        leaders.putIfAbsent(pid, pid);
        join(listener.owners().get(0), pid);
      }
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
    return evidence
        .process(a)
        .flatMap(first -> evidence.process(b).map(second -> areRelated(first, second)))
        .orElse(false);
  }

  private boolean areRelated(ProcessEvidence a, ProcessEvidence b) {
    return evidence.ancestorsOf(a).contains(b)
        || evidence.ancestorsOf(b).contains(a)
        || areForks(a, b)
        || areStartedByTheirServer(a, b)
        || areForwarders(a, b);
  }

  private static boolean areForks(ProcessEvidence a, ProcessEvidence b) {
    return areEqual(a.programImage(), b.programImage()) && areEqual(a.session(), b.session());
  }

  private boolean areStartedByTheirServer(ProcessEvidence a, ProcessEvidence b) {
    return haveOneParent(a, b)
        && evidence
            .parentOf(a)
            .filter(parent -> isServerOf(parent, a) && isServerOf(parent, b))
            .isPresent();
  }

  private static boolean isServerOf(ProcessEvidence parent, ProcessEvidence worker) {
    return parent.runsSameProgramAs(worker)
        && areEqual(parent.processGroup(), worker.processGroup())
        && firstArgument(parent).equals(firstArgument(worker))
        && !firstArgument(parent).isEmpty();
  }

  /** The script or jar, as a rule: the first argument that is not an option. */
  private static String firstArgument(ProcessEvidence process) {
    return process.commandLine().stream()
        .skip(1)
        .filter(argument -> !argument.startsWith("-"))
        .findFirst()
        .orElse("");
  }

  private static boolean areForwarders(ProcessEvidence a, ProcessEvidence b) {
    return FORWARDERS.contains(a.name()) && a.name().equals(b.name()) && haveOneParent(a, b);
  }

  private static boolean haveOneParent(ProcessEvidence a, ProcessEvidence b) {
    return areEqual(a.parent(), b.parent());
  }

  private static boolean areEqual(OptionalLong a, OptionalLong b) {
    return a.isPresent() && a.equals(b);
  }

  private void join(long a, long b) {
    long first = leader(a);
    long second = leader(b);
    leaders.replaceAll((pid, leader) -> leader == second ? first : leader);
  }

  private long leader(long pid) {
    return leaders.getOrDefault(pid, pid);
  }

  private List<Server> groups() {
    Map<Long, Set<Long>> members = new TreeMap<>();
    leaders
        .keySet()
        .forEach(pid -> members.computeIfAbsent(leader(pid), l -> new TreeSet<>()).add(pid));
    return members.values().stream()
        .map(pids -> new Server(pids, listenersOf(pids)))
        .sorted(Comparator.comparing(server -> server.pids().iterator().next()))
        .toList();
  }

  private List<SocketEvidence> listenersOf(Set<Long> pids) {
    return evidence.listeners().stream()
        .filter(l -> l.ownership() == Ownership.OWNED && pids.contains(l.owners().get(0)))
        .toList();
  }
}
