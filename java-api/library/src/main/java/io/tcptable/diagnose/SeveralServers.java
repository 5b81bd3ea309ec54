// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.server.PortSharing;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Independent servers listen on the port: the situation that is hardest to see from outside. */
final class SeveralServers extends FindingRule {

  SeveralServers() {
    super(FindingCode.SEVERAL_SERVERS, "several independent servers listen");
  }

  @Override
  List<Finding> findings(Observations observed) {
    List<Server> servers = Servers.of(observed);
    if (servers.size() < 2) {
      return List.of();
    }
    Set<PortSharing> ways = between(servers);
    if (ways.equals(Set.of(PortSharing.INTERFACES))) {
      // No client can mean the one and reach the other.
      return List.of();
    }
    boolean overlap = ways.stream().anyMatch(PortSharing::overlaps);
    Finding.Builder found =
        found(
                overlap ? Severity.CRITICAL : Severity.INFO,
                isFamilyKnown(observed, servers) ? Confidence.CERTAIN : Confidence.LIKELY)
            .cause(servers.size() + " independent servers listen")
            .seen(servers.size() + " independent servers listen" + where(observed, servers))
            .figure("servers", servers.size())
            .text("how", ways.stream().map(PortSharing::toString).collect(Collectors.joining(", ")))
            .means(
                overlap
                    ? "Which of them a client reaches depends on chance or on the address. Their"
                        + " answers may differ, and stopping one leaves the others."
                    : "They serve different addresses. No client reaches the one that it does not"
                        + " mean.");
    for (Server server : servers) {
      found.of(server.pids());
      server.pids().forEach(pid -> found.text(Long.toString(pid), server.addresses()));
    }
    return List.of((overlap ? found.advise(SuggestedCommands.restart(observed)) : found).done());
  }

  /** Every way in which one of these servers shares the port with another one. */
  private static Set<PortSharing> between(List<Server> servers) {
    Set<PortSharing> ways = EnumSet.noneOf(PortSharing.class);
    for (int i = 0; i < servers.size(); i++) {
      for (int j = i + 1; j < servers.size(); j++) {
        for (SocketEvidence a : servers.get(i).listeners()) {
          for (SocketEvidence b : servers.get(j).listeners()) {
            ways.add(PortSharing.of(a.bound(), b.bound()));
          }
        }
      }
    }
    return ways;
  }

  /** Who, and where; an address that all have in common only once. */
  private static String where(Observations observed, List<Server> servers) {
    if (servers.stream().map(Server::addresses).distinct().count() == 1) {
      return servers.stream()
          .map(server -> observed.named(server.pids()))
          .collect(
              Collectors.joining(
                  servers.stream().allMatch(server -> server.pids().size() == 1) ? ", " : "; ",
                  " on " + servers.get(0).addresses() + ": ",
                  ""));
    }
    return servers.stream()
        .map(server -> observed.named(server.pids()) + " on " + server.addresses())
        .collect(Collectors.joining("; ", ": ", ""));
  }

  /** If it is not, what looks independent may have one master that holds the sockets of both. */
  private static boolean isFamilyKnown(Observations observed, List<Server> servers) {
    return servers.stream()
        .flatMap(server -> server.pids().stream())
        .allMatch(pid -> observed.process(pid).filter(p -> isFamilyKnown(observed, p)).isPresent());
  }

  private static boolean isFamilyKnown(Observations observed, ProcessEvidence process) {
    return process.parent().isPresent()
        && process.programImage().isPresent()
        && observed.processes().ancestorsOf(process).stream()
            .allMatch(ancestor -> ancestor.openDescriptors().isPresent());
  }
}
