// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Advice;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.platform.Phrase;
import java.util.List;
import java.util.Set;

/** The port has no listener. */
final class NobodyListening extends FindingRule {

  NobodyListening() {
    super(FindingCode.NOBODY_LISTENING, "nobody listens");
  }

  @Override
  List<Finding> findings(Observations observed) {
    if (!observed.listeners().isEmpty()) {
      return List.of();
    }
    if (isAnsweredFromElsewhere(observed)) {
      return List.of(answeredFromElsewhere(observed));
    }
    return List.of(observed.isHeld() ? held(observed) : free(observed));
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

  private Finding free(Observations observed) {
    return found(Severity.WARNING, Confidence.CERTAIN)
        .figure("listeners", 0)
        .figure("sockets", observed.sockets().size())
        .seen("no listening socket")
        .means("No server runs on this port.")
        .advise(new Advice.Start(observed.port(), observed.scope().address()))
        .done();
  }
}
