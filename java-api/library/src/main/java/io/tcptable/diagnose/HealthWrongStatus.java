// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult;
import io.tcptable.health.HealthResult.Attempt;
import io.tcptable.health.HealthResult.Outcome;
import java.util.OptionalInt;

/** The health check was answered with another status than expected. */
final class HealthWrongStatus extends HealthRule {

  private static final int SUCCESS = 299;

  HealthWrongStatus() {
    super(FindingCode.HEALTH_WRONG_STATUS, "the health check is answered with another status");
  }

  @Override
  boolean applies(HealthResult health) {
    return health.outcome() == Outcome.WRONG_STATUS || isAnotherPage(health);
  }

  @Override
  Severity severity(HealthResult health) {
    if (health.isHealthy()) {
      return Severity.INFO;
    }
    return health.assumed() ? Severity.WARNING : Severity.CRITICAL;
  }

  @Override
  void tell(Observations observed, Finding.Builder found) {
    HealthResult health = observed.health();
    health
        .decisive()
        .map(Attempt::status)
        .filter(OptionalInt::isPresent)
        .ifPresent(status -> found.cause("the health check is answered with " + status.getAsInt()));
    found.means(
        health.isHealthy()
            ? "The application answers, but has no such page. Name the URL that reports its health."
            : "The application answers, but reports that it is unhealthy.");
    if (isAnotherPage(health)) {
      found.advise(askOtherUrl(observed));
    } else {
      askOtherUrlIfAssumed(observed, found);
    }
  }

  /** A healthy answer that says nothing of health: the page was a guess. */
  private static boolean isAnotherPage(HealthResult health) {
    return health.isHealthy()
        && health.assumed()
        && health.decisive().filter(attempt -> attempt.status().orElse(0) > SUCCESS).isPresent();
  }
}
