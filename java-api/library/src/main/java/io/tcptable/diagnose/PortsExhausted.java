// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.platform.Phrase;
import java.util.List;
import java.util.OptionalLong;

/** Clients on this machine run out of local ports for connections to this port. */
final class PortsExhausted extends FindingRule {

  PortsExhausted() {
    super(FindingCode.PORTS_EXHAUSTED, "clients run out of local ports");
  }

  @Override
  List<Finding> findings(Observations observed) {
    int used = observed.clients().localPorts();
    int available = observed.policy().localPorts().orElse(Integer.MAX_VALUE);
    if (!ResourceLimit.isNear(OptionalLong.of(used), OptionalLong.of(available))) {
      return List.of();
    }
    String destination = observed.clients().destination();
    return List.of(
        found(used >= available ? Severity.CRITICAL : Severity.WARNING, Confidence.CERTAIN)
            .seen(
                used + " of " + available + " local ports in use for connections to " + destination)
            .figure("used", used)
            .figure("available", available)
            .figure("timeWait", observed.clients().timeWaits())
            .figure("timeWaitOfAllPorts", observed.counters().timeWaits())
            .figure("timeWaitLimit", observed.counters().timeWaitLimit())
            .text("destination", destination)
            .means(
                "Programs on this machine can hardly open another connection to that address: "
                    + observed.phrase(Phrase.NO_LOCAL_PORT)
                    + ".")
            .hint("Let the clients keep their connections instead of opening new ones.")
            .command(observed.commands().moreLocalPorts())
            .done());
  }
}
