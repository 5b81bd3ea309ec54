// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.platform.PortNumber;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where rules of the kernel send connections to a local port: those of Docker, of Podman's
 * netavark, of CNI plugins and of kube-proxy.
 */
final class NatRules {

  /** Of jumps from chain to chain: kube-proxy takes four. */
  private static final int DEEPEST = 8;

  /**
   * One rule.
   *
   * @param ports that it is for; empty for all
   * @param destination the only address that it is for, if there is one
   * @param chain where it goes on; empty if it does not
   * @param target where it sends connections; empty if it does not
   */
  record Rule(
      List<String> ports,
      Optional<InetAddress> destination,
      Optional<String> chain,
      Optional<InetSocketAddress> target) {

    private boolean isFor(int port) {
      return ports.contains(Integer.toString(port));
    }
  }

  private final Map<String, List<Rule>> chains = new HashMap<>();

  void add(String chain, Rule rule) {
    chains.computeIfAbsent(chain, first -> new ArrayList<>()).add(rule);
  }

  /**
   * The first target of a port.
   *
   * @param isLocal tells whether an address is one of this machine: rules for others, such as those
   *     of the services of Kubernetes, say nothing of the port here
   */
  Optional<InetSocketAddress> target(int port, Predicate<InetAddress> isLocal) {
    return chains.values().stream()
        .flatMap(List::stream)
        .filter(rule -> rule.isFor(port) && rule.destination().filter(isLocal.negate()).isEmpty())
        .flatMap(rule -> target(rule, port, DEEPEST).stream())
        .findFirst();
  }

  private Optional<InetSocketAddress> target(Rule rule, int port, int deepest) {
    if (rule.target().isPresent() || deepest == 0) {
      return rule.target();
    }
    return rule.chain().map(chains::get).stream()
        .flatMap(List::stream)
        .filter(next -> next.ports().isEmpty() || next.isFor(port))
        .flatMap(next -> target(next, port, deepest - 1).stream())
        .findFirst();
  }

  /** Of numbers, in brackets or without; empty if it is anything else. */
  static Optional<InetAddress> address(String text) {
    String bare = text.startsWith("[") ? text.substring(1, text.length() - 1) : text;
    if (!bare.matches("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*")) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(bare));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  static Optional<InetSocketAddress> target(String host, String port) {
    int number = port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 0;
    return PortNumber.isValid(number)
        ? address(host).map(to -> new InetSocketAddress(to, number))
        : Optional.empty();
  }
}
