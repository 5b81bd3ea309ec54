// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult;
import io.tcptable.health.HealthResult.Outcome;

/** The server closed the health check's connection without an answer. */
final class HealthClosed extends HealthRule {

  HealthClosed() {
    super(FindingCode.HEALTH_CLOSED, "the server closes the health check's connection");
  }

  @Override
  boolean isElsewhere(Observations observed) {
    return OtherProtocol.isSpoken(observed);
  }

  @Override
  boolean applies(HealthResult health) {
    return health.outcome() == Outcome.CLOSED;
  }

  @Override
  Severity severity(HealthResult health) {
    return health.assumed() ? Severity.WARNING : Severity.CRITICAL;
  }

  @Override
  Confidence confidence(Observations observed) {
    return isMaybeWrongUrl(observed) ? Confidence.LIKELY : Confidence.CERTAIN;
  }

  @Override
  void tell(Observations observed, Finding.Builder found) {
    String silent = "The application closes the connection instead of answering.";
    if (CannotConnect.seen(observed).isPresent() || isForwardedInVain(observed)) {
      found.means("A proxy closes the connection if it cannot connect to the server behind it.");
    } else if (observed.health().isTlsSpoken()) {
      tellOfTls(observed, found);
    } else if (isMaybeWrongUrl(observed)) {
      found.means(silent + SPEAKS_OTHERWISE).advise(OtherProtocol.tcp(observed));
    } else {
      found.means(silent);
    }
  }

  private static boolean isForwardedInVain(Observations observed) {
    return observed.forwarded().filter(UpstreamServer::isFaulty).isPresent();
  }
}
