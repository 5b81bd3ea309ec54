// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.health.HealthResult;
import io.tcptable.health.HealthResult.Outcome;

/** The health check got no TLS connection. */
final class HealthTlsFailed extends HealthRule {

  HealthTlsFailed() {
    super(FindingCode.HEALTH_TLS_FAILED, "the TLS handshake of the health check fails");
  }

  @Override
  boolean applies(HealthResult health) {
    return health.outcome() == Outcome.TLS_FAILED;
  }

  @Override
  void tell(Observations observed, Finding.Builder found) {
    found.means(
        "The TLS handshake failed: the server does not speak TLS, or its certificate is not trusted for"
            + " this name.");
    askOtherUrlIfAssumed(observed, found);
  }
}
