// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.health.HealthResult;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.internal.wording.Quantities;
import java.util.Map;

/** The health check could not even try to connect. */
final class HealthUnreachable extends HealthRule {

  HealthUnreachable() {
    super(FindingCode.HEALTH_UNREACHABLE, "the health check cannot reach it");
  }

  @Override
  boolean applies(HealthResult health) {
    return health.outcome() == Outcome.UNREACHABLE || health.outcome() == Outcome.NO_LOCAL_PORT;
  }

  @Override
  void tell(Observations observed, Finding.Builder found) {
    found.means(
        observed.health().outcome() == Outcome.UNREACHABLE
            ? "There is no route to this address from here."
            : "No local port was free for the health check. This says nothing about the server.");
    Map<String, Integer> holders = observed.surroundings().localPorts();
    holders.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .ifPresent(most -> tellHolder(observed, most, found));
  }

  /** Who has most of the local ports. */
  private static void tellHolder(
      Observations observed, Map.Entry<String, Integer> most, Finding.Builder found) {
    found
        .text("portHolder", most.getKey())
        .figure("portsHeld", most.getValue())
        .means(
            "No local port was free for the health check, nor for any other connection. This says"
                + " nothing about the server. "
                + most.getKey()
                + " has "
                + Quantities.count(most.getValue(), "local port")
                + ", more than any other process.")
        .hint("Let " + most.getKey() + " keep fewer connections, or restart it.")
        .command(observed.commands().moreLocalPorts());
  }
}
