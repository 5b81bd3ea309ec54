// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult;
import io.tcptable.health.HealthResult.Attempt;
import io.tcptable.health.HealthResult.Outcome;
import java.util.List;

/** What the health probe said. */
final class HealthRules {

  private static final int SUCCESS = 299;

  private HealthRules() {}

  static List<Finding> health(Observations evidence) {
    HealthResult health = evidence.health();
    boolean nobody = evidence.listeners().isEmpty() && health.outcome() == Outcome.REFUSED;
    if (nobody || (health.isHealthy() && !isAnotherPage(health))) {
      return List.of();
    }
    Finding.Builder draft =
        new Finding.Builder(code(health.outcome()), severity(health), confidence(evidence))
            .of(evidence.ownersOf(evidence.listeners()))
            .seen(health.url() + ": " + health.detail())
            .text("url", health.url().toString())
            .means(meaning(evidence));
    health.decisive().ifPresent(attempt -> timings(attempt, draft));
    if (isFirewalled(evidence)) {
      draft.command(evidence.words().firewall());
    } else if (isSilent(health.outcome())) {
      draft.advise(SuggestedCommands.restart(evidence));
    }
    if (isMaybeWrongQuestion(evidence) || isAnotherPage(health)) {
      draft.advise(SuggestedCommands.diagnose(evidence, Advice.Diagnose.How.OTHER_HEALTH));
    }
    return List.of(draft.done());
  }

  /** There is room for connections, yet the kernel never got to make one. */
  private static boolean isFirewalled(Observations evidence) {
    return evidence.health().outcome() == Outcome.CONNECT_TIMEOUT
        && evidence.sockets().stream().noneMatch(QueueRules::isFull);
  }

  private static boolean isListenedAt(Observations evidence) {
    return evidence.health().decisive().stream()
        .anyMatch(at -> evidence.listeners().stream().anyMatch(l -> l.covers(at.address())));
  }

  /** Nobody named the page, and the question was at least read. */
  private static boolean isMaybeWrongQuestion(Observations evidence) {
    return evidence.health().assumed()
        && evidence
            .withUnansweredProbes(List.of(), s -> s.isWaiting() || s.receiveQueue().orElse(0) > 0)
            .isEmpty();
  }

  /** A healthy answer that says nothing of health: the page was a guess. */
  private static boolean isAnotherPage(HealthResult health) {
    return health.assumed()
        && health.decisive().filter(attempt -> attempt.status().orElse(0) > SUCCESS).isPresent();
  }

  private static void timings(Attempt attempt, Finding.Builder draft) {
    draft.text("address", attempt.address().toString());
    attempt.status().ifPresent(status -> draft.figure("status", status));
    attempt.connect().ifPresent(time -> draft.micros("connect", time));
    attempt.firstByte().ifPresent(time -> draft.micros("firstByte", time));
    draft.micros("total", attempt.total());
  }

  private static FindingCode code(Outcome outcome) {
    return switch (outcome) {
      case REFUSED -> FindingCode.HEALTH_REFUSED;
      case UNREACHABLE, NO_LOCAL_PORT -> FindingCode.HEALTH_UNREACHABLE;
      case CONNECT_TIMEOUT -> FindingCode.HEALTH_CONNECT_TIMEOUT;
      case NO_RESPONSE -> FindingCode.HEALTH_NO_RESPONSE;
      case CLOSED -> FindingCode.HEALTH_CLOSED;
      case TLS_FAILED -> FindingCode.HEALTH_TLS_FAILED;
      case NOT_HTTP -> FindingCode.HEALTH_NOT_HTTP;
      case WRONG_BODY -> FindingCode.HEALTH_WRONG_BODY;
      case SLOW -> FindingCode.HEALTH_SLOW;
      case WRONG_STATUS, HEALTHY -> FindingCode.HEALTH_WRONG_STATUS;
    };
  }

  private static Severity severity(HealthResult health) {
    return switch (health.outcome()) {
      case HEALTHY -> Severity.INFO;
      case SLOW -> Severity.WARNING;
      case CLOSED, WRONG_STATUS -> health.assumed() ? Severity.WARNING : Severity.CRITICAL;
      default -> Severity.CRITICAL;
    };
  }

  private static Confidence confidence(Observations evidence) {
    HealthResult health = evidence.health();
    boolean mayBeAnotherProtocol =
        health.outcome() == Outcome.NO_RESPONSE || health.outcome() == Outcome.CLOSED;
    return mayBeAnotherProtocol && isMaybeWrongQuestion(evidence)
        ? Confidence.LIKELY
        : Confidence.CERTAIN;
  }

  private static boolean isSilent(Outcome outcome) {
    return outcome == Outcome.NO_RESPONSE || outcome == Outcome.CONNECT_TIMEOUT;
  }

  private static String meaning(Observations evidence) {
    HealthResult health = evidence.health();
    String unless =
        isMaybeWrongQuestion(evidence)
            ? " Unless it speaks another protocol than HTTP: then name its own."
            : "";
    return switch (health.outcome()) {
      case HEALTHY -> "It answers, but has no such page; name the one that tells its health.";
      case REFUSED ->
          isListenedAt(evidence)
              ? "Somebody listens there, but connections are turned away: "
                  + evidence.words().turnsAway()
                  + "."
              : "Nobody listens at this very address.";
      case UNREACHABLE -> "There is no way to this address from here.";
      case NO_LOCAL_PORT -> "It could not even be asked: that says nothing of the server.";
      case CONNECT_TIMEOUT ->
          isFirewalled(evidence)
              ? evidence.words().unanswered()
              : "The accept queue is full, so the kernel does not complete the connection.";
      case NO_RESPONSE -> "The connection stands, but the application is silent." + unless;
      case CLOSED -> "The application hangs up instead of answering." + unless;
      case TLS_FAILED ->
          "No secure connection came about: it does not speak TLS, or its certificate is not"
              + " trusted for this name.";
      case NOT_HTTP -> "The application speaks another protocol.";
      case WRONG_STATUS -> "The application answers, but says that it is not well.";
      case WRONG_BODY -> "The application answers, but not what was expected.";
      case SLOW -> "The application answers, but so late that clients may have given up.";
    };
  }
}
