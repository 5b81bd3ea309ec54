// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Advice;
import io.tcptable.Endpoint;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Attempt;
import io.tcptable.health.HealthResult.Outcome;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The server listens on another address than the one that was asked. */
final class AddressMismatch extends FindingRule {

  AddressMismatch() {
    super(FindingCode.ADDRESS_MISMATCH, "it listens on another address than the one asked");
  }

  @Override
  List<Finding> findings(Observations observed) {
    List<SocketEvidence> listeners = observed.listeners();
    Set<String> missed = missed(observed);
    boolean refused = observed.health().outcome() == Outcome.REFUSED;
    if (listeners.isEmpty() || missed.isEmpty() || !(refused || missesV4(missed))) {
      return List.of();
    }
    boolean isBoundToInterface =
        listeners.stream().allMatch(it -> it.bound().networkInterface().isPresent());
    Set<String> bound = new TreeSet<>();
    listeners.forEach(listener -> bound.add(listener.bound().toString()));
    return List.of(
        found(refused ? Severity.CRITICAL : Severity.INFO, Confidence.CERTAIN)
            .of(observed.ownersOf(listeners))
            .seen(
                "listens on "
                    + String.join(", ", bound)
                    + ", asked at "
                    + String.join(", ", missed))
            .text("listening", String.join(", ", bound))
            .text("refused", String.join(", ", missed))
            .means(
                "A listener accepts connections to its own address only. Clients that use another"
                    + " address are refused, although the server runs.")
            .hint(
                isBoundToInterface
                    ? "Bind the server to no network interface, or use an address of its interface."
                    : "Bind the server to the address that clients use, or to 0.0.0.0 and ::.")
            .advise(
                isBoundToInterface
                    ? SuggestedCommands.diagnose(listeners.get(0).bound())
                    : new Advice.Diagnose(
                        observed.port(),
                        Advice.Diagnose.How.OTHER_HEALTH,
                        Optional.of("http://" + bound.iterator().next())))
            .done());
  }

  private static Set<String> missed(Observations observed) {
    Set<String> missed = new LinkedHashSet<>();
    for (Attempt attempt : observed.health().attempts()) {
      Endpoint asked = attempt.address();
      if (attempt.outcome() == Outcome.REFUSED
          && asked.port() == observed.port()
          && observed.listeners().stream().noneMatch(listener -> listener.covers(asked))) {
        missed.add(asked.toString());
      }
    }
    return missed;
  }

  /** Clients fall back from IPv6 to IPv4, but seldom the other way round. */
  private static boolean missesV4(Set<String> missed) {
    return missed.stream().anyMatch(address -> !address.startsWith("["));
  }
}
