// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All rules, and the order of what they find. */
final class Rules {

  private static final List<Rule> ALL =
      List.of(
          ProcessRules::state,
          ProcessRules::descriptors,
          ProcessRules::memory,
          ThreadRules::deadlock,
          MultipleServersRule::findings,
          QueueRules::acceptQueueFull,
          QueueRules::notAccepting,
          QueueRules::synBacklog,
          QueueRules::listenDrops,
          ConnectionRules::notReading,
          ConnectionRules::closeWaitPileup,
          ConnectionRules::peerNotReading,
          TeardownRules::portsExhausted,
          TeardownRules::finWaitPileup,
          TeardownRules::orphans,
          ListenerRules::addressMismatch,
          ListenerRules::nobodyListening,
          BindRules::bindRefused,
          HealthRules::health,
          ListenerRules::ownerUnknown,
          ListenerRules::sharedListener,
          EnvironmentRules::supervised,
          EnvironmentRules::reloaderParent,
          EnvironmentRules::inContainer,
          EnvironmentRules::otherNamespace,
          EnvironmentRules::otherUser);

  /** Worst first; of the equally bad the cause before its effect. */
  private static final Comparator<Finding> WORST_FIRST =
      Comparator.comparing(Finding::severity)
          .thenComparing(Finding::code)
          .thenComparing(Finding::confidence);

  private Rules() {}

  static List<Finding> findings(Observations evidence) {
    List<Finding> findings = new ArrayList<>();
    ALL.forEach(rule -> findings.addAll(rule.findings(evidence)));
    if (findings.stream().anyMatch(Finding::isFault)) {
      findings.addAll(LogRule.findings(evidence));
    }
    findings.sort(WORST_FIRST);
    return List.copyOf(findings);
  }
}
