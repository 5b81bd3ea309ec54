// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.health.HealthResult;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.internal.platform.Phrase;

/** The health check was refused by a port on which a server listens. */
final class HealthRefused extends HealthRule {

  HealthRefused() {
    super(FindingCode.HEALTH_REFUSED, "the health check is refused");
  }

  @Override
  boolean applies(HealthResult health) {
    return health.outcome() == Outcome.REFUSED;
  }

  @Override
  void tell(Observations observed, Finding.Builder found) {
    found.means(
        observed.forwarded().isPresent()
            ? "The connection was refused where the port is forwarded to."
            : isListenedAt(observed)
                ? "A server listens on this address, but connections are refused "
                    + observed.phrase(Phrase.REFUSED_BY)
                    + "."
                : "No server listens on this address.");
  }

  private static boolean isListenedAt(Observations observed) {
    return observed.health().decisive().stream()
        .anyMatch(at -> observed.listeners().stream().anyMatch(l -> l.covers(at.address())));
  }
}
