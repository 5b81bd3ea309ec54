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
    HealthResult health = observed.health();
    if (health.isTlsSpoken()) {
      found
          .cause("it speaks TLS, and was asked in plain text")
          .means("The health check asks in plain text. The server speaks TLS.")
          .advise(HealthUrl.diagnose(observed, HealthUrl.withScheme(health.url(), "https")));
    } else {
      found
          .means("The application speaks another protocol than HTTP.")
          .advise(OtherProtocol.tcp(observed));
    }
  }
}
