// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.json.JsonText;
import io.tcptable.internal.linux.NatRules.Rule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code nft --json list ruleset} shows, see {@code libnftables-json(5)}. A verdict map,
 * such as kube-proxy has of its services and their endpoints, counts as one rule for each of its
 * elements.
 */
final class NftRules {

  private static final String UDP = "udp";

  private final NatRules rules = new NatRules();

  /** The elements of the named maps, by the table and the name. */
  private final Map<String, List<?>> maps = new HashMap<>();

  private NftRules() {}

  /** From its output; what is no JSON has no rules. */
  static NatRules parse(String json) {
    NftRules parser = new NftRules();
    try {
      List<?> entries = list(member(JsonText.parse(json), "nftables"));
      entries.forEach(entry -> parser.map(member(entry, "map")));
      entries.forEach(entry -> parser.rule(member(entry, "rule")));
    } catch (IllegalArgumentException e) {
      // The tool had something else to say.
    }
    return parser.rules;
  }

  private void map(@Nullable Object map) {
    if (map != null) {
      maps.put(member(map, "table") + " @" + member(map, "name"), list(member(map, "elem")));
    }
  }

  private void rule(@Nullable Object rule) {
    if (rule == null) {
      return;
    }
    String table = String.valueOf(member(rule, "table"));
    String chain = table + " " + member(rule, "chain");
    List<String> ports = new ArrayList<>();
    Optional<InetAddress> destination = Optional.empty();
    Optional<String> next = Optional.empty();
    Optional<InetSocketAddress> target = Optional.empty();
    for (Object one : list(member(rule, "expr"))) {
      Object match = member(one, "match");
      Object field = member(match, "left");
      Object right = member(match, "right");
      if (isField(field, "dport") && right != null) {
        if (UDP.equals(member(member(field, "payload"), "protocol"))) {
          return;
        }
        Object set = member(right, "set");
        (set == null ? List.of(right) : list(set)).forEach(port -> ports.add(number(port)));
      }
      if (isField(field, "daddr") && "==".equals(member(match, "op"))) {
        destination = NatRules.address(String.valueOf(right));
      }
      Optional<String> jump = jump(table, one);
      next = jump.isPresent() ? jump : next;
      Object dnat = member(one, "dnat");
      if (dnat != null) {
        target =
            NatRules.target(String.valueOf(member(dnat, "addr")), number(member(dnat, "port")));
      }
      verdicts(table, chain, member(one, "vmap"));
    }
    rules.add(chain, new Rule(ports, destination, next, target));
  }

  /** Whether an expression is, or a concatenation contains, that field of a packet. */
  private static boolean isField(@Nullable Object expression, String name) {
    return name.equals(member(member(expression, "payload"), "field"))
        || list(member(expression, "concat")).stream().anyMatch(part -> isField(part, name));
  }

  private static Optional<String> jump(String table, @Nullable Object verdict) {
    for (String kind : List.of("jump", "goto")) {
      Object to = member(member(verdict, kind), "target");
      if (to != null) {
        return Optional.of(table + " " + to);
      }
    }
    return Optional.empty();
  }

  /** Each element is a key and a verdict. A key that is no port, such as a number, is for all. */
  private void verdicts(String table, String chain, @Nullable Object vmap) {
    if (vmap == null) {
      return;
    }
    boolean isOfPort = isField(member(vmap, "key"), "dport");
    Object data = member(vmap, "data");
    List<?> elements =
        data instanceof String name
            ? maps.getOrDefault(table + " " + name, List.of())
            : list(member(data, "set"));
    for (Object element : elements) {
      List<?> pair = list(element);
      if (pair.size() == 2) {
        verdict(table, chain, isOfPort ? key(pair.get(0)) : List.of(), pair.get(1));
      }
    }
  }

  private void verdict(String table, String chain, List<?> key, @Nullable Object verdict) {
    if (key.contains(UDP)) {
      return;
    }
    rules.add(
        chain,
        new Rule(
            key.stream().filter(Number.class::isInstance).map(NftRules::number).toList(),
            key.stream()
                .filter(String.class::isInstance)
                .flatMap(text -> NatRules.address((String) text).stream())
                .findFirst(),
            jump(table, verdict),
            Optional.empty()));
  }

  /** With a comment or without, of one part or of several. */
  private static List<?> key(@Nullable Object element) {
    Object value = member(member(element, "elem"), "val");
    Object key = value == null ? element : value;
    Object parts = member(key, "concat");
    return parts == null ? (key == null ? List.of() : List.of(key)) : list(parts);
  }

  private static String number(@Nullable Object value) {
    return value instanceof Number number
        ? Long.toString(number.longValue())
        : String.valueOf(value);
  }

  private static @Nullable Object member(@Nullable Object of, String name) {
    return of instanceof Map<?, ?> members ? members.get(name) : null;
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
