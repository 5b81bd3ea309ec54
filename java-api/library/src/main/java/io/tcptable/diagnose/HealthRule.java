// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult;
import io.tcptable.health.HealthResult.Attempt;
import io.tcptable.health.HealthResult.Outcome;
import java.util.List;

/** An outcome of the health check that is no healthy answer. */
abstract class HealthRule extends FindingRule {

  /** Of a server that may be well, and was asked in a protocol that it does not speak. */
  static final String SPEAKS_OTHERWISE =
      " It may speak another protocol than HTTP; in that case name its own health check URL.";

  HealthRule(FindingCode code, String cause) {
    super(code, cause);
  }

  @Override
  final List<Finding> findings(Observations observed) {
    HealthResult health = observed.health();
    // Nobody listens: that is a finding of its own.
    boolean nobody = observed.listeners().isEmpty() && health.outcome() == Outcome.REFUSED;
    boolean isEffect = LoopbackDown.isSeen(observed) || NobodyListening.isStopping(observed);
    if (nobody || isEffect || !applies(health) || isElsewhere(observed)) {
      return List.of();
    }
    Finding.Builder found =
        found(severity(health), confidence(observed))
            .of(observed.ownersOf(observed.listeners()))
            .seen(health.url() + ": " + health.detail())
            .text("url", health.url().toString());
    health.decisive().ifPresent(attempt -> timings(attempt, found));
    tell(observed, found);
    return List.of(found.done());
  }

  /** Whether this rule tells of that outcome. */
  abstract boolean applies(HealthResult health);

  /** Whether another finding tells of it. */
  boolean isElsewhere(Observations observed) {
    return false;
  }

  /** Says what it means and what to do. */
  abstract void tell(Observations observed, Finding.Builder found);

  Severity severity(HealthResult health) {
    return Severity.CRITICAL;
  }

  Confidence confidence(Observations observed) {
    return Confidence.CERTAIN;
  }

  /** Nobody named the URL, and the request was at least read. */
  static boolean isMaybeWrongUrl(Observations observed) {
    return observed.health().assumed()
        && observed
            .withUnansweredProbes(List.of(), s -> s.isWaiting() || s.receiveQueue().orElse(0) > 0)
            .isEmpty();
  }

  /** Tells of a server of TLS that was asked in plain text. */
  static void tellOfTls(Observations observed, Finding.Builder found) {
    found
        .cause("it speaks TLS, and was asked in plain text")
        .means("The health check asks in plain text. The server speaks TLS.")
        .advise(
            HealthUrl.diagnose(observed, HealthUrl.withScheme(observed.health().url(), "https")));
  }

  /** Advises the first page where this one was a guess. */
  static void askFirstPageIfAssumed(Observations observed, Finding.Builder found) {
    if (isMaybeWrongUrl(observed)) {
      found.advise(HealthUrl.diagnose(observed, HealthUrl.firstPage(observed)));
    }
  }

  private static void timings(Attempt attempt, Finding.Builder found) {
    found.text("address", attempt.address().toString());
    attempt.status().ifPresent(status -> found.figure("status", status));
    attempt.connect().ifPresent(time -> found.micros("connect", time));
    attempt.firstByte().ifPresent(time -> found.micros("firstByte", time));
    found.micros("total", attempt.total());
  }
}
