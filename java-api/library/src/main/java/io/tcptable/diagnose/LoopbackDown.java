// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import java.util.List;

/** The server listens, but no loopback interface is up, so nobody reaches localhost. */
final class LoopbackDown extends FindingRule {

  LoopbackDown() {
    super(FindingCode.LOOPBACK_DOWN, "the loopback interface is down");
  }

  @Override
  List<Finding> findings(Observations observed) {
    if (!isSeen(observed)) {
      return List.of();
    }
    return List.of(
        found(Severity.CRITICAL, Confidence.CERTAIN)
            .of(observed.ownersOf(observed.listeners()))
            .figure("listeners", observed.listeners().size())
            .seen("the server listens, but no loopback interface is up")
            .means(
                "No program can reach localhost here, even if a server listens. A new network"
                    + " namespace, as that of a sandbox, begins so. The server is not at fault.")
            .commandOrHint(observed.commands().loopbackUp(), "Enable the loopback interface.")
            .done());
  }

  /** Whether there is a server, and that is why it is not reached. */
  static boolean isSeen(Observations observed) {
    return observed.surroundings().isLoopbackDown() && !observed.listeners().isEmpty();
  }
}
