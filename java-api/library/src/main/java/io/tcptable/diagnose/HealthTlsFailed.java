// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Advice;
import io.tcptable.health.HealthResult;
import io.tcptable.health.HealthResult.Mismatch;
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
    HealthResult health = observed.health();
    if (health.isMismatch(Mismatch.SPEAKS_PLAIN_TEXT)) {
      found
          .cause("it speaks plain HTTP, and was asked for TLS")
          .means("The health check asks over TLS. The server speaks HTTP in plain text.")
          .advise(HealthUrl.diagnose(observed, HealthUrl.withScheme(health.url(), "http")));
    } else if (health.isMismatch(Mismatch.UNTRUSTED_CERTIFICATE)) {
      found
          .cause("its certificate is not trusted")
          .means(
              "The server speaks TLS. Its certificate is signed by itself or by an authority that"
                  + " this Java does not know, so that the health check has sent no request.")
          .advise(new Advice.TrustCertificate());
    } else {
      found.means(
          "The TLS handshake failed: the server does not speak TLS, or its certificate is not"
              + " trusted for this name.");
    }
  }
}
