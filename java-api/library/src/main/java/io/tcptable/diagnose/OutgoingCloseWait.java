// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Advice;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.platform.Phrase;
import io.tcptable.internal.wording.Quantities;
import java.util.List;

/** The server has not closed its own connections to other servers, which these have closed. */
final class OutgoingCloseWait extends FindingRule {

  /** Pools of connections notice that some are closed only when they need one. */
  static final int MANY = 50;

  OutgoingCloseWait() {
    super(FindingCode.OUTGOING_CLOSE_WAIT, "its own connections to others are not closed");
  }

  @Override
  List<Finding> findings(Observations observed) {
    UnclosedOutgoing unclosed = observed.surroundings().unclosedOutgoing();
    if (unclosed.count() < MANY) {
      return List.of();
    }
    Finding.Builder found =
        found(Severity.WARNING, Confidence.CERTAIN)
            .cause(unclosed.count() + " of its own connections to other servers are not closed")
            .of(unclosed.pids())
            .seen(
                Quantities.count(unclosed.count(), "outgoing connection")
                    + " of "
                    + observed.named(unclosed.pids())
                    + " in CLOSE_WAIT, "
                    + unclosed.toDestination()
                    + " of them to "
                    + unclosed.destination())
            .figure("closeWait", unclosed.count())
            .text("destination", unclosed.destination())
            .figure("toDestination", unclosed.toDestination())
            .means(
                "The other servers have closed these connections, but the application has not"
                    + " closed its sockets. Each one costs "
                    + observed.phrase(Phrase.COST_OF_SOCKET)
                    + ". Their local ports are not port "
                    + observed.port()
                    + ", so a reset of the connections of this port does not reach them.");
    unclosed.pids().stream()
        .sorted()
        .limit(1)
        .map(Advice.ListOfProcess::new)
        .forEach(found::advise);
    return List.of(
        found
            .hint(
                "Find where the application forgets to close its connections to "
                    + unclosed.destination()
                    + ". Until then, a restart closes them.")
            .done());
  }
}
