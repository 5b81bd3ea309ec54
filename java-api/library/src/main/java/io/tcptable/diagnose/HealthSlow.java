// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult;
import io.tcptable.health.HealthResult.Outcome;

/** The health check was answered too late. */
final class HealthSlow extends HealthRule {

  HealthSlow() {
    super(FindingCode.HEALTH_SLOW, "the health check takes too long");
  }

  @Override
  boolean applies(HealthResult health) {
    return health.outcome() == Outcome.SLOW;
  }

  @Override
  Severity severity(HealthResult health) {
    return Severity.WARNING;
  }

  @Override
  void tell(Observations observed, Finding.Builder found) {
    found.means("The application answers, but so late that clients may have given up.");
    askFirstPageIfAssumed(observed, found);
  }
}
