// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Ownership;
import io.tcptable.TcpState;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.platform.Phrase;
import io.tcptable.internal.wording.Quantities;
import java.util.List;

/** The server has closed its connections, the clients have not. */
final class FinWaitPileup extends ServerRule {

  /** The kernel ends most of these by itself within a minute; a busy server has some. */
  static final int MANY = 200;

  FinWaitPileup() {
    super(FindingCode.FIN_WAIT_PILEUP, "clients do not close their connections");
  }

  @Override
  List<Finding> findings(Observations observed) {
    List<SocketEvidence> closing = observed.persistent(TcpState.FIN_WAIT_2);
    if (closing.size() < MANY) {
      return List.of();
    }
    long owned = closing.stream().filter(s -> s.ownership() == Ownership.OWNED).count();
    return List.of(
        found(Severity.WARNING, Confidence.CERTAIN)
            .of(observed.ownersOf(closing))
            .seen(Quantities.count(closing.size(), "connection") + " in FIN_WAIT_2")
            .figure("finWait2", closing.size())
            .figure("owned", owned)
            .means(
                owned > 0
                    ? "The application has shut down these connections without closing them, and"
                        + " the clients have not closed theirs. They stay as long as the"
                        + " application runs."
                    : "The server has closed these connections, the clients have not. The kernel"
                        + " drops them "
                        + observed.phrase(Phrase.HALF_CLOSED_ENDS)
                        + ".")
            .done());
  }
}
