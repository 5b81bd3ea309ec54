// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.health.HealthResult;
import io.tcptable.health.HealthResult.Outcome;

/** The health check was answered in another protocol. */
final class HealthNotHttp extends HealthRule {

  HealthNotHttp() {
    super(FindingCode.HEALTH_NOT_HTTP, "the health check gets no HTTP answer");
  }

  @Override
  boolean applies(HealthResult health) {
    return health.outcome() == Outcome.NOT_HTTP;
  }

  @Override
  void tell(Observations observed, Finding.Builder found) {
    if (observed.health().isTlsSpoken()) {
      tellOfTls(observed, found);
    } else {
      found
          .means("The application speaks another protocol than HTTP.")
          .advise(OtherProtocol.tcp(observed));
    }
  }
}
