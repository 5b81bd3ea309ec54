// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult;
import io.tcptable.health.HealthResult.Outcome;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The verdict on a port, and the sentence for it. */
record VerdictRule(Verdict verdict, String headline) {

  /** With one of these a server does not answer, whoever asks. */
  private static final Set<FindingCode> HANGS =
      FindingRules.ALL.stream()
          .filter(FindingRule::isHang)
          .map(FindingRule::code)
          .collect(Collectors.toUnmodifiableSet());

  static VerdictRule of(Observations evidence, List<Finding> findings) {
    Verdict verdict = verdict(evidence, findings);
    return new VerdictRule(verdict, Headline.of(verdict, evidence, findings));
  }

  private static Verdict verdict(Observations evidence, List<Finding> findings) {
    HealthResult health = evidence.health();
    if (LoopbackDown.isSeen(evidence) || NobodyListening.isStopping(evidence)) {
      return Verdict.DOWN;
    }
    if (OtherProtocol.isSpoken(evidence)) {
      return isFaulty(findings) ? Verdict.DEGRADED : Verdict.HEALTHY;
    }
    return switch (health.outcome()) {
      case NOT_ASKED -> unasked(evidence, findings);
      case HEALTHY -> isFaulty(findings) ? Verdict.DEGRADED : Verdict.HEALTHY;
      case SLOW, WRONG_STATUS, WRONG_BODY, NOT_HTTP, TLS_FAILED -> Verdict.DEGRADED;
      case CLOSED ->
          health.isInconclusive() && !isCertain(findings) && CannotConnect.seen(evidence).isEmpty()
              ? Verdict.UNKNOWN
              : Verdict.DEGRADED;
      case NO_RESPONSE, CONNECT_TIMEOUT -> Verdict.HANGING;
      case REFUSED, UNREACHABLE, NO_LOCAL_PORT -> unserved(evidence, findings);
    };
  }

  private static Verdict unserved(Observations evidence, List<Finding> findings) {
    boolean held = evidence.isHeld();
    boolean refused =
        findings.stream().anyMatch(f -> f.code() == FindingCode.BIND_REFUSED && f.isFault());
    boolean isForwarded = evidence.forwarded().isPresent();
    if (evidence.listeners().isEmpty() && !isForwarded) {
      return held || refused || ContainerDown.isRestarting(evidence) ? Verdict.DOWN : Verdict.FREE;
    }
    return evidence.health().outcome() == Outcome.REFUSED ? Verdict.DOWN : Verdict.UNKNOWN;
  }

  /** What the kernel alone knows: it may show a hang, but never that all is well. */
  private static Verdict unasked(Observations evidence, List<Finding> findings) {
    if (evidence.listeners().isEmpty() && evidence.forwarded().isEmpty()) {
      return unserved(evidence, findings);
    }
    return findings.stream().anyMatch(it -> isCertain(it) && HANGS.contains(it.code()))
        ? Verdict.HANGING
        : Verdict.UNKNOWN;
  }

  /** Whether the kernel shows a cause beside what the health check met. */
  private static boolean isCertain(List<Finding> findings) {
    return findings.stream()
        .anyMatch(it -> isCertain(it) && it.code() != FindingCode.HEALTH_CLOSED);
  }

  private static boolean isCertain(Finding finding) {
    return finding.isCause()
        && finding.severity() == Severity.CRITICAL
        && finding.confidence() == Confidence.CERTAIN;
  }

  private static boolean isFaulty(List<Finding> findings) {
    return findings.stream().anyMatch(Finding::isCause);
  }
}
