// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.health.HealthResult;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.internal.platform.Phrase;

/** The health check got no connection in time. */
final class HealthConnectTimeout extends HealthRule {

  HealthConnectTimeout() {
    super(FindingCode.HEALTH_CONNECT_TIMEOUT, "the health check gets no connection");
  }

  @Override
  boolean applies(HealthResult health) {
    return health.outcome() == Outcome.CONNECT_TIMEOUT;
  }

  /** Where there is room for connections, the request or its reply got lost. */
  @Override
  void tell(Observations observed, Finding.Builder found) {
    if (AcceptQueue.isAnyFull(observed)) {
      found
          .means("The accept queue is full, so the kernel does not complete the connection.")
          .advise(SuggestedCommands.restart(observed));
    } else {
      found.means(observed.phrase(Phrase.UNANSWERED)).command(observed.commands().firewall());
    }
  }
}
