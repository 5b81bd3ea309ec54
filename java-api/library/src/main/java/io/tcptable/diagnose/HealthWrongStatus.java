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

  /** RFC 9110, sections 15.6.3 and 15.6.5. */
  private static final int BAD_GATEWAY = 502;

  private static final int GATEWAY_TIMEOUT = 504;

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
            : unhealthy(health));
    askFirstPageIfAssumed(observed, found);
  }

  private static String unhealthy(HealthResult health) {
    return switch (health.decisive().map(Attempt::status).orElse(OptionalInt.empty()).orElse(0)) {
      case BAD_GATEWAY ->
          "A proxy answers so if the server behind it refuses the connection or breaks it off. Look"
              + " at the server behind it; a restart of the proxy does not help.";
      case GATEWAY_TIMEOUT ->
          "A proxy answers so if the server behind it does not answer in time. Look at the server"
              + " behind it; a restart of the proxy does not help.";
      default -> "The application answers, but reports that it is unhealthy.";
    };
  }

  /** A healthy answer that says nothing of health: the page was a guess. */
  private static boolean isAnotherPage(HealthResult health) {
    return health.isHealthy()
        && health.assumed()
        && health.decisive().filter(attempt -> attempt.status().orElse(0) > SUCCESS).isPresent();
  }
}
