// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.linux.NatRules.Rule;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code iptables-save(8)} shows. */
final class IptablesRules {

  private static final Pattern PORTS = Pattern.compile("--dports? (\\S+)");
  private static final Pattern DESTINATION =
      Pattern.compile("(?:^| )(?<!! )-d (\\S+)/(?:32|128)(?= )");
  private static final Pattern DNAT =
      Pattern.compile("-j DNAT\\b.*?--to-destination (\\[[^\\]]+\\]|[0-9.]+):([0-9]+)");
  private static final Pattern JUMP = Pattern.compile("-[jg] (\\S+)");

  private IptablesRules() {}

  /** From the output of {@code iptables-save -t nat}. */
  static NatRules parse(String saved) {
    NatRules rules = new NatRules();
    saved
        .lines()
        .filter(line -> line.startsWith("-A "))
        .forEach(
            line -> {
              String[] words = line.split(" ", 3);
              if (words.length == 3 && !words[2].contains("-p udp")) {
                rules.add(words[1], rule(words[2]));
              }
            });
    return rules;
  }

  private static Rule rule(String text) {
    Matcher ports = PORTS.matcher(text);
    Matcher destination = DESTINATION.matcher(text);
    Matcher target = DNAT.matcher(text);
    Matcher jump = JUMP.matcher(text);
    return new Rule(
        ports.find() ? Arrays.asList(ports.group(1).split(",", -1)) : List.of(),
        destination.find() ? NatRules.address(destination.group(1)) : Optional.empty(),
        jump.find() ? Optional.of(jump.group(1)) : Optional.empty(),
        target.find() ? NatRules.target(target.group(1), target.group(2)) : Optional.empty());
  }
}
