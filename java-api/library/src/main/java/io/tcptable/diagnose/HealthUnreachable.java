// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.health.HealthResult;
import io.tcptable.health.HealthResult.Outcome;

/** The health check could not even try to connect. */
final class HealthUnreachable extends HealthRule {

  HealthUnreachable() {
    super(FindingCode.HEALTH_UNREACHABLE, "the health check cannot reach it");
  }

  @Override
  boolean applies(HealthResult health) {
    return health.outcome() == Outcome.UNREACHABLE || health.outcome() == Outcome.NO_LOCAL_PORT;
  }

  @Override
  void tell(Observations observed, Finding.Builder found) {
    found.means(
        observed.health().outcome() == Outcome.UNREACHABLE
            ? "There is no route to this address from here."
            : "No local port was free for the health check. This says nothing about the server.");
    askOtherUrlIfAssumed(observed, found);
  }
}
