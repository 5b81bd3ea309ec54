// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Endpoint;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Independent servers on one port: the situation that is hardest to see from outside. */
final class MultipleServersRule {

  private MultipleServersRule() {}

  /** How two listeners can have the same port at the same time. */
  private enum Way {
    SAME_ADDRESS("SO_REUSEPORT", true),
    FAMILIES("IPv4/IPv6 split", true),
    WILDCARD("wildcard and single address", true),
    ADDRESSES("different addresses", false);

    private final String words;
    private final boolean overlaps;

    Way(String words, boolean overlaps) {
      this.words = words;
      this.overlaps = overlaps;
    }

    static Way of(Endpoint a, Endpoint b) {
      if (a.address().equals(b.address())) {
        return SAME_ADDRESS;
      }
      if (SocketEvidence.isV6(a) != SocketEvidence.isV6(b)) {
        // Clients that are given a name, such as localhost, may take either.
        return isLocal(a) && isLocal(b) ? FAMILIES : ADDRESSES;
      }
      return isAny(a) || isAny(b) ? WILDCARD : ADDRESSES;
    }

    private static boolean isLocal(Endpoint endpoint) {
      return isAny(endpoint) || endpoint.address().isLoopbackAddress();
    }

    private static boolean isAny(Endpoint endpoint) {
      return endpoint.address().isAnyLocalAddress();
    }
  }

  static List<Finding> findings(Observations evidence) {
    List<Server> servers = Servers.of(evidence);
    if (servers.size() < 2) {
      return List.of();
    }
    Set<Way> ways = ways(servers);
    boolean overlap = ways.stream().anyMatch(way -> way.overlaps);
    Finding.Builder draft =
        new Finding.Builder(
                FindingCode.SEVERAL_SERVERS,
                overlap ? Severity.CRITICAL : Severity.WARNING,
                isFamilyKnown(evidence, servers) ? Confidence.CERTAIN : Confidence.LIKELY)
            .seen(servers.size() + " independent servers listen" + where(evidence, servers))
            .figure("servers", servers.size())
            .text("how", ways.stream().map(way -> way.words).collect(Collectors.joining(", ")))
            .means(
                overlap
                    ? "Clients reach one or another of them, old or new, by chance or by address:"
                        + " their answers differ, and stopping one leaves the others."
                    : "They serve different addresses, which may be meant so.");
    for (Server server : servers) {
      draft.of(server.pids());
      server.pids().forEach(pid -> draft.text(Long.toString(pid), server.addresses()));
    }
    return List.of(draft.advise(SuggestedCommands.restart(evidence)).done());
  }

  /** Who, and where; an address that all have in common only once. */
  private static String where(Observations evidence, List<Server> servers) {
    if (servers.stream().map(Server::addresses).distinct().count() == 1) {
      return servers.stream()
          .map(server -> evidence.named(server.pids()))
          .collect(
              Collectors.joining(
                  servers.stream().allMatch(server -> server.pids().size() == 1) ? ", " : "; ",
                  " on " + servers.get(0).addresses() + ": ",
                  ""));
    }
    return servers.stream()
        .map(server -> evidence.named(server.pids()) + " on " + server.addresses())
        .collect(Collectors.joining("; ", ": ", ""));
  }

  /** If it is not, what looks apart may yet have one master that holds the sockets of both. */
  private static boolean isFamilyKnown(Observations evidence, List<Server> servers) {
    return servers.stream()
        .flatMap(server -> server.pids().stream())
        .allMatch(pid -> evidence.process(pid).filter(p -> isFamilyKnown(evidence, p)).isPresent());
  }

  private static boolean isFamilyKnown(Observations evidence, ProcessEvidence process) {
    return process.parent().isPresent()
        && process.programImage().isPresent()
        && evidence.ancestorsOf(process).stream()
            .allMatch(ancestor -> ancestor.openDescriptors().isPresent());
  }

  private static Set<Way> ways(List<Server> servers) {
    Set<Way> ways = EnumSet.noneOf(Way.class);
    for (int i = 0; i < servers.size(); i++) {
      for (int j = i + 1; j < servers.size(); j++) {
        for (SocketEvidence a : servers.get(i).listeners()) {
          for (SocketEvidence b : servers.get(j).listeners()) {
            ways.add(Way.of(a.local(), b.local()));
          }
        }
      }
    }
    return ways;
  }
}
