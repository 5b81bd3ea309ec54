// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Advice;
import io.tcptable.TcpState;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.platform.Phrase;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.internal.wording.Quantities;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The port has no listener. */
final class NobodyListening extends FindingRule {

  /** More are only counted. */
  private static final int MOST_NAMED = 5;

  NobodyListening() {
    super(FindingCode.NOBODY_LISTENING, "nobody listens");
  }

  @Override
  List<Finding> findings(Observations observed) {
    if (!observed.listeners().isEmpty() || observed.forwarded().isPresent()) {
      return List.of();
    }
    if (isStopping(observed)) {
      return List.of(stopping(observed));
    }
    if (isAnsweredFromElsewhere(observed)) {
      return List.of(answeredFromElsewhere(observed));
    }
    if (observed.isHeld()) {
      return List.of(held(observed));
    }
    return List.of(observed.elsewhere().isEmpty() ? free(observed) : elsewhere(observed));
  }

  /** Whether the listener was closed between the looks. */
  static boolean isStopping(Observations observed) {
    return observed.listeners().isEmpty()
        && !observed.surroundings().listenedBefore().isEmpty()
        && !observed.health().isHealthy();
  }

  private Finding stopping(Observations observed) {
    Set<Long> before = observed.surroundings().listenedBefore();
    long open =
        observed
            .sockets(
                s ->
                    s.state() == TcpState.ESTABLISHED
                        && s.owners().stream().anyMatch(before::contains))
            .size();
    return found(Severity.CRITICAL, Confidence.CERTAIN)
        .cause(open > 0 ? "its server is shutting down" : "its listener has just been closed")
        .of(before)
        .figure("listeners", 0)
        .figure("listenersBefore", before.size())
        .figure("openConnections", open)
        .seen(
            observed.named(before)
                + (before.size() == 1 ? " has" : " have")
                + " closed the listener within "
                + DurationText.of(observed.apart())
                + (open > 0
                    ? ", and still "
                        + (before.size() == 1 ? "has " : "have ")
                        + Quantities.count(open, "connection")
                    : ""))
        .means(
            "The server was listening when the diagnosis began. It is shutting down, perhaps to"
                + " finish the requests that it has accepted, or it has just ended.")
        .advise(SuggestedCommands.diagnose(observed, Advice.Diagnose.How.AGAIN))
        .done();
  }

  private static boolean isAnsweredFromElsewhere(Observations observed) {
    return observed.health().url().getPort() == observed.port()
        && observed.health().attempts().stream().anyMatch(a -> a.connect().isPresent());
  }

  private Finding answeredFromElsewhere(Observations observed) {
    return found(Severity.INFO, Confidence.CERTAIN)
        .seen("no listening socket, but the health check got a connection")
        .figure("listeners", 0)
        .means("Something else answers: " + observed.phrase(Phrase.ANSWERED_FROM_ELSEWHERE) + ".")
        .commands(observed.commands().answersFromElsewhere())
        .done();
  }

  private Finding held(Observations observed) {
    Set<Long> holders = observed.ownersOf(observed.sockets());
    String who = holders.isEmpty() ? "an unknown process" : observed.named(holders);
    return found(Severity.CRITICAL, Confidence.CERTAIN)
        .of(holders)
        .figure("listeners", 0)
        .figure("sockets", observed.sockets().size())
        .seen("no listening socket, but " + who + " holds other sockets of the port")
        .means(
            "The server has closed its listener but still runs, or the port is the local port of"
                + " an outgoing connection.")
        .advise(SuggestedCommands.free(observed))
        .done();
  }

  /** A server in a container whose port is not published, for example. */
  private Finding elsewhere(Observations observed) {
    List<ElsewhereListening> others = observed.elsewhere();
    boolean areOne = others.size() == 1;
    return found(Severity.WARNING, Confidence.CERTAIN)
        .of(others.stream().map(ElsewhereListening::pid).toList())
        .figure("listeners", 0)
        .figure("listenersElsewhere", others.size())
        .seen(
            "no listening socket here, but "
                + Quantities.list(others, MOST_NAMED)
                + (areOne ? " listens" : " listen")
                + " on port "
                + observed.port()
                + (areOne ? " in another network namespace" : " in other network namespaces")
                + containers(others))
        .means(
            "A server in another network namespace, such as that of a container or a sandbox, is"
                + " not reached at localhost. It is reached at the address that it has there, or"
                + " by a port that is published here.")
        .hint("Publish the port of the container or sandbox, or ask the server there.")
        .advise(new Advice.ListOfNamespace(observed.port(), others.get(0).pid()))
        .done();
  }

  private static String containers(List<ElsewhereListening> others) {
    List<String> containers =
        others.stream()
            .flatMap(other -> other.container().stream())
            .distinct()
            .limit(MOST_NAMED)
            .toList();
    return containers.isEmpty() ? "" : ", in the container " + String.join(", ", containers);
  }

  private Finding free(Observations observed) {
    Optional<String> udp = observed.surroundings().udp();
    Finding.Builder found =
        found(Severity.WARNING, Confidence.CERTAIN)
            .figure("listeners", 0)
            .figure("sockets", observed.sockets().size());
    udp.ifPresent(owners -> found.text("udp", owners));
    found
        .seen(
            "no listening socket"
                + udp.map(it -> "; UDP port " + observed.port() + " is bound by " + it).orElse(""))
        .means(
            "No server runs on this "
                + (udp.isEmpty()
                    ? "port."
                    : "TCP port. The UDP port of that number is another one.")
                + observed.platform().notSeenFromHere().map(it -> " " + it).orElse(""));
    // What to do about a port that this user may not bind, BIND_REFUSED says.
    boolean isRefused =
        observed.bind().filter(bind -> bind.isDenied() || bind.isElsewhere()).isPresent();
    return isRefused
        ? found.done()
        : found.advise(new Advice.Start(observed.port(), observed.scope().address())).done();
  }
}
