// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.json.JsonText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where rules of the kernel send connections to a local port, as {@code iptables-save(8)} and
 * {@code nft --json} show them: those of Docker, of Podman's netavark, of CNI plugins and of
 * kube-proxy.
 */
final class NatRules {

  /** Of jumps from chain to chain: kube-proxy takes four. */
  private static final int DEEPEST = 8;

  private static final Pattern PORTS = Pattern.compile("--dports? (\\S+)");
  private static final Pattern DNAT =
      Pattern.compile("-j DNAT\\b.*?--to-destination (\\[[^\\]]+\\]|[0-9.]+):([0-9]+)");
  private static final Pattern JUMP = Pattern.compile("-[jg] (\\S+)");

  /**
   * One rule.
   *
   * @param ports that it is for; empty for all
   * @param chain where it goes on; empty if it does not
   * @param target where it sends connections; empty if it does not
   */
  private record Rule(
      List<String> ports, Optional<String> chain, Optional<InetSocketAddress> target) {

    boolean isFor(int port) {
      return ports.contains(Integer.toString(port));
    }
  }

  private final Map<String, List<Rule>> chains = new HashMap<>();

  private NatRules() {}

  /** From the output of {@code iptables-save -t nat}. */
  static NatRules ofIptables(String saved) {
    NatRules rules = new NatRules();
    saved
        .lines()
        .filter(line -> line.startsWith("-A "))
        .forEach(
            line -> {
              String[] words = line.split(" ", 3);
              if (words.length == 3 && !words[2].contains("-p udp")) {
                rules.add(words[1], ofIptablesRule(words[2]));
              }
            });
    return rules;
  }

  private static Rule ofIptablesRule(String text) {
    Matcher ports = PORTS.matcher(text);
    Matcher target = DNAT.matcher(text);
    Matcher jump = JUMP.matcher(text);
    return new Rule(
        ports.find() ? Arrays.asList(ports.group(1).split(",", -1)) : List.of(),
        jump.find() ? Optional.of(jump.group(1)) : Optional.empty(),
        target.find() ? address(target.group(1), target.group(2)) : Optional.empty());
  }

  /** From the output of {@code nft --json list ruleset}. */
  static NatRules ofNft(String json) {
    NatRules rules = new NatRules();
    Object all;
    try {
      all = JsonText.parse(json);
    } catch (IllegalArgumentException e) {
      return rules;
    }
    for (Object entry : list(member(all, "nftables"))) {
      Object rule = member(entry, "rule");
      String chain = String.valueOf(member(rule, "table")) + " " + member(rule, "chain");
      if (rule != null) {
        rules.add(chain, ofNftRule(String.valueOf(member(rule, "table")), member(rule, "expr")));
      }
    }
    return rules;
  }

  private static Rule ofNftRule(String table, @Nullable Object expressions) {
    List<String> ports = new ArrayList<>();
    Optional<String> chain = Optional.empty();
    Optional<InetSocketAddress> target = Optional.empty();
    for (Object one : list(expressions)) {
      Object match = member(one, "match");
      Object right = member(match, "right");
      if (right != null
          && "dport".equals(member(member(member(match, "left"), "payload"), "field"))) {
        Object set = member(right, "set");
        (set == null ? List.of(right) : list(set)).forEach(port -> ports.add(number(port)));
      }
      for (String kind : List.of("jump", "goto")) {
        Object to = member(member(one, kind), "target");
        chain = to == null ? chain : Optional.of(table + " " + to);
      }
      Object dnat = member(one, "dnat");
      if (dnat != null) {
        target = address(String.valueOf(member(dnat, "addr")), number(member(dnat, "port")));
      }
    }
    return new Rule(ports, chain, target);
  }

  private static String number(@Nullable Object value) {
    return value instanceof Number number
        ? Long.toString(number.longValue())
        : String.valueOf(value);
  }

  private void add(String chain, Rule rule) {
    chains.computeIfAbsent(chain, first -> new ArrayList<>()).add(rule);
  }

  /** The first target of a port. */
  Optional<InetSocketAddress> target(int port) {
    return chains.values().stream()
        .flatMap(List::stream)
        .filter(rule -> rule.isFor(port))
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

  private static Optional<InetSocketAddress> address(String host, String port) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    if (!bare.matches("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*") || !port.matches("[0-9]{1,5}")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new InetSocketAddress(InetAddress.getByName(bare), Integer.parseInt(port)));
    } catch (UnknownHostException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static @Nullable Object member(@Nullable Object of, String name) {
    return of instanceof Map<?, ?> members ? members.get(name) : null;
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
