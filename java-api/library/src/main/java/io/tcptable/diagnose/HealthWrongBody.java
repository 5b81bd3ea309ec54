// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.health.HealthResult;
import io.tcptable.health.HealthResult.Outcome;

/** The health check was answered with another body than expected. */
final class HealthWrongBody extends HealthRule {

  HealthWrongBody() {
    super(FindingCode.HEALTH_WRONG_BODY, "the health check is answered with another body");
  }

  @Override
  boolean applies(HealthResult health) {
    return health.outcome() == Outcome.WRONG_BODY;
  }

  @Override
  void tell(Observations observed, Finding.Builder found) {
    found.means("The application answers, but not with the expected body.");
  }
}
