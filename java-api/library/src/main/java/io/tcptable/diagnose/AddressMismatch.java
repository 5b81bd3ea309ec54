// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Advice;
import io.tcptable.Endpoint;
import io.tcptable.ListenAddress;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Attempt;
import io.tcptable.health.HealthResult.Outcome;
import java.net.InetAddress;
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
    if (observed.forwarded().filter(UpstreamServer::isFaulty).isPresent()) {
      // It is known why the server is not reached: another address is not the reason.
      return List.of();
    }
    List<SocketEvidence> listeners = observed.listeners();
    Set<String> missed = missed(observed);
    boolean refused = observed.health().outcome() == Outcome.REFUSED;
    if (observed.surroundings().generations().isPresent()) {
      // Who was asked has ended since, or had not started yet.
      return List.of();
    }
    if (isAskedElsewhere(observed)) {
      return List.of(askedElsewhere(observed));
    }
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
                areGone(observed)
                    ? "No network interface of this machine has that address any more. Give it the"
                        + " address again, or bind the server to another one."
                    : isBoundToInterface
                        ? "Bind the server to no network interface, or use an address of its"
                            + " interface."
                        : "Bind the server to the address that clients use, or to 0.0.0.0 and ::.")
            .advise(ask(observed, isBoundToInterface))
            .done());
  }

  /** Nobody has named a URL, and no listener is reached at localhost, so that one was asked. */
  private static boolean isAskedElsewhere(Observations observed) {
    List<ListenAddress> bound = bound(observed);
    return observed.health().assumed()
        && observed.health().isAsked()
        && observed.scope().address().isEmpty()
        && !bound.isEmpty()
        && bound.stream().noneMatch(it -> it.networkInterface().isPresent())
        && !LocalAddresses.areAtLocalhost(bound)
        && !observed.health().url().getHost().equals("localhost");
  }

  private Finding askedElsewhere(Observations observed) {
    String bound = String.join(", ", new TreeSet<>(texts(bound(observed))));
    return found(Severity.INFO, Confidence.CERTAIN)
        .of(observed.ownersOf(observed.listeners()))
        .seen("listens on " + bound + ", and not at localhost")
        .text("listening", bound)
        .means(
            "The health check has asked where the server listens. Clients that use localhost or"
                + " another address are refused.")
        .done();
  }

  private static List<ListenAddress> bound(Observations observed) {
    return observed.listeners().stream().map(SocketEvidence::bound).toList();
  }

  private static List<String> texts(List<ListenAddress> addresses) {
    return addresses.stream().map(ListenAddress::toString).toList();
  }

  private static boolean areGone(Observations observed) {
    Set<InetAddress> gone = observed.surroundings().gone();
    return bound(observed).stream().allMatch(it -> gone.contains(it.endpoint().address()));
  }

  /** Where a server listens; nowhere, if no interface has any of these addresses any more. */
  private static List<Advice> ask(Observations observed, boolean isBoundToInterface) {
    if (areGone(observed)) {
      return List.of();
    }
    List<ListenAddress> bound = bound(observed);
    return List.of(
        isBoundToInterface
            ? SuggestedCommands.diagnose(bound.get(0))
            : new Advice.Diagnose(
                observed.port(),
                Advice.Diagnose.How.OTHER_HEALTH,
                Optional.of("http://" + new TreeSet<>(texts(bound)).first())));
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
