// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.health.HealthResult;
import io.tcptable.health.HealthResult.Outcome;

/** The health check got no byte in time. */
final class HealthNoResponse extends HealthRule {

  HealthNoResponse() {
    super(FindingCode.HEALTH_NO_RESPONSE, "the health check gets no answer");
  }

  @Override
  boolean isElsewhere(Observations observed) {
    return OtherProtocol.isSpoken(observed);
  }

  @Override
  boolean applies(HealthResult health) {
    return health.outcome() == Outcome.NO_RESPONSE;
  }

  @Override
  Confidence confidence(Observations observed) {
    return isMaybeWrongUrl(observed) ? Confidence.LIKELY : Confidence.CERTAIN;
  }

  @Override
  void tell(Observations observed, Finding.Builder found) {
    String silent = "The connection is established, but the application does not answer.";
    if (!WaitsForServer.isOfAnother(observed) && CannotConnect.seen(observed).isEmpty()) {
      found.advise(SuggestedCommands.restart(observed)).advise(StackCommands.ofOnlyOwner(observed));
    }
    if (isMaybeWrongUrl(observed)) {
      found.means(silent + SPEAKS_OTHERWISE).advise(OtherProtocol.tcp(observed));
    } else {
      found.means(silent);
    }
  }
}
