// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.ListenAddress;
import java.util.List;
import java.util.Optional;

/** The verdict on a port in one sentence, with its causes. */
final class Headline {

  /** More are not taken in at a glance. */
  private static final int MOST_CAUSES = 3;

  private Headline() {}

  static String of(Verdict verdict, Observations evidence, List<Finding> findings) {
    String port =
        evidence.scope().address().map(ListenAddress::toString).orElse("Port " + evidence.port());
    String causes = causes(evidence, findings);
    return switch (verdict) {
      case HEALTHY -> port + " is healthy: " + healthy(evidence) + ".";
      case DEGRADED -> port + " answers, but " + (causes.isEmpty() ? "not well" : causes) + ".";
      case HANGING -> port + " hangs" + because(causes);
      case DOWN -> port + " is down" + because(causes);
      case FREE -> port + " is free: nobody listens.";
      case UNKNOWN ->
          evidence.health().isAsked()
              ? port + " cannot be judged" + because(causes)
              : port + " was not asked" + unasked(evidence, causes);
    };
  }

  private static String healthy(Observations evidence) {
    List<SocketEvidence> asked =
        evidence.listeners().stream()
            .filter(
                listener ->
                    evidence.health().attempts().stream()
                        .anyMatch(attempt -> listener.covers(attempt.address())))
            .toList();
    String who =
        evidence
            .forwarded()
            .flatMap(UpstreamServer::called)
            .orElseGet(
                () ->
                    evidence.named(
                        evidence.ownersOf(asked.isEmpty() ? evidence.listeners() : asked)));
    return (who.isEmpty() ? "it" : who)
        + " "
        + (OtherProtocol.isSpoken(evidence)
            ? OtherProtocol.spoken(evidence)
            : evidence.health().detail());
  }

  private static String unasked(Observations evidence, String causes) {
    if (!causes.isEmpty()) {
      return ", but " + causes + ".";
    }
    String who = evidence.named(evidence.ownersOf(evidence.listeners()));
    return (who.isEmpty() ? ": there is a listener" : ": it is held by " + who)
        + ", and its sockets show nothing wrong.";
  }

  /** Names the server one hop away, which the causes are of. */
  private static String causes(Observations evidence, List<Finding> findings) {
    Optional<String> forwarded =
        evidence
            .forwarded()
            .flatMap(UpstreamServer::called)
            .map(server -> "it is forwarded to " + server + ", and ");
    Optional<String> asked =
        evidence.forwarded().isPresent()
            ? Optional.empty()
            : WaitsForServer.upstream(evidence).flatMap(Headline::asked);
    String causes =
        causes(
            findings.stream()
                .filter(it -> asked.isEmpty() || it.code() != FindingCode.WAITS_FOR_SERVER)
                .toList());
    return causes.isEmpty() ? causes : forwarded.or(() -> asked).orElse("") + causes;
  }

  private static Optional<String> asked(UpstreamServer server) {
    return server
        .called()
        .map(called -> "it waits for " + called + " at " + server.target() + ", and ");
  }

  private static String because(String causes) {
    return causes.isEmpty() ? "." : ": " + causes + ".";
  }

  /** Findings stand in the order in which causes come before their effects. */
  private static String causes(List<Finding> findings) {
    List<String> causes =
        findings.stream()
            .filter(Finding::isCause)
            .map(Finding::cause)
            .distinct()
            .limit(MOST_CAUSES)
            .toList();
    int last = causes.size() - 1;
    return last < 1
        ? String.join("", causes)
        : String.join(", ", causes.subList(0, last)) + " and " + causes.get(last);
  }
}
