// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Ownership;
import io.tcptable.TcpState;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.wording.Quantities;
import java.util.List;
import java.util.OptionalLong;

/** Connections that do not come to an end, and ports that are not free again. */
final class TeardownRules {

  /** The kernel ends most of these by itself within a minute; a busy server has some. */
  private static final int MANY = 200;

  private static final int ALMOST_ALL_PERCENT = 90;

  private TeardownRules() {}

  static List<Finding> finWaitPileup(Observations evidence) {
    List<SocketEvidence> closing = evidence.persistent(TcpState.FIN_WAIT_2);
    if (closing.size() < MANY) {
      return List.of();
    }
    long owned = closing.stream().filter(s -> s.ownership() == Ownership.OWNED).count();
    return List.of(
        new Finding.Builder(FindingCode.FIN_WAIT_PILEUP, Severity.WARNING, Confidence.CERTAIN)
            .of(evidence.ownersOf(closing))
            .seen(Quantities.count(closing.size(), "connection") + " in FIN_WAIT_2")
            .figure("finWait2", closing.size())
            .figure("owned", owned)
            .means(
                owned > 0
                    ? "The application has shut down these connections without closing them, and"
                        + " the clients do not close theirs: they stay as long as it lives."
                    : "The server has closed these connections, the clients have not; the kernel"
                        + " drops them "
                        + evidence.words().endOfHalfClosed()
                        + ".")
            .done());
  }

  static List<Finding> orphans(Observations evidence) {
    int here = evidence.sockets(TeardownRules::isOrphan).size();
    OptionalLong all = evidence.counters().orphans();
    OptionalLong limit = evidence.counters().orphanLimit();
    boolean nearLimit =
        all.isPresent()
            && limit.isPresent()
            && 100 * all.getAsLong() >= ALMOST_ALL_PERCENT * limit.getAsLong();
    if (here < MANY && !nearLimit) {
      return List.of();
    }
    return List.of(
        new Finding.Builder(FindingCode.ORPHANS, Severity.WARNING, Confidence.CERTAIN)
            .seen(
                Quantities.count(here, "connection")
                    + " closed here but not acknowledged by the clients, "
                    + all.orElse(here)
                    + " in all")
            .figure("orphansOfPort", here)
            .figure("orphans", all)
            .figure("limit", limit)
            .means(
                nearLimit
                    ? "The kernel is near the number of such connections it keeps and resets those"
                        + " beyond."
                    : "The clients are gone without a word, or the network loses what they send.")
            .done());
  }

  private static boolean isOrphan(SocketEvidence socket) {
    boolean closing =
        socket.state() == TcpState.FIN_WAIT_1
            || socket.state() == TcpState.LAST_ACK
            || socket.state() == TcpState.CLOSING;
    return closing && socket.ownership() == Ownership.NONE && socket.isPersistent();
  }

  static List<Finding> portsExhausted(Observations evidence) {
    int used = evidence.clients().localPorts();
    int available = evidence.policy().localPorts().orElse(Integer.MAX_VALUE);
    if (100L * used < (long) ALMOST_ALL_PERCENT * available) {
      return List.of();
    }
    return List.of(
        new Finding.Builder(
                FindingCode.PORTS_EXHAUSTED,
                used >= available ? Severity.CRITICAL : Severity.WARNING,
                Confidence.CERTAIN)
            .seen(
                used
                    + " of "
                    + available
                    + " local ports in use for connections to "
                    + evidence.clients().destination())
            .figure("used", used)
            .figure("available", available)
            .figure("timeWait", evidence.clients().timeWaits())
            .figure("timeWaitOfAllPorts", evidence.counters().timeWaits())
            .figure("timeWaitLimit", evidence.counters().timeWaitLimit())
            .text("destination", evidence.clients().destination())
            .means(
                "Programs on this machine have nearly no port left from which to connect there"
                    + " "
                    + evidence.words().noLocalPort()
                    + ".")
            .hint("Let the clients keep their connections instead of opening new ones.")
            .command(evidence.words().moreLocalPorts())
            .done());
  }
}
