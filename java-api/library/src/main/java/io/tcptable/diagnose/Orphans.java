// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Ownership;
import io.tcptable.TcpState;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.wording.Quantities;
import java.util.List;
import java.util.OptionalLong;

/** Connections that no process holds any more do not end. */
final class Orphans extends FindingRule {

  Orphans() {
    super(FindingCode.ORPHANS, "closed connections do not end");
  }

  @Override
  List<Finding> findings(Observations observed) {
    int here = observed.sockets(Orphans::isOrphan).size();
    OptionalLong all = observed.counters().orphans();
    OptionalLong limit = observed.counters().orphanLimit();
    boolean nearLimit = ResourceLimit.isNear(all, limit);
    if (here < FinWaitPileup.MANY && !nearLimit) {
      return List.of();
    }
    return List.of(
        found(Severity.WARNING, Confidence.CERTAIN)
            .seen(
                Quantities.count(here, "connection")
                    + " closed here but not acknowledged by the clients, "
                    + all.orElse(here)
                    + " on all ports")
            .figure("orphansOfPort", here)
            .figure("orphans", all)
            .figure("limit", limit)
            .means(
                nearLimit
                    ? "The kernel is near its limit of such connections and resets those above it."
                    : "The clients are gone without closing, or the network loses what is sent to"
                        + " them.")
            .done());
  }

  private static boolean isOrphan(SocketEvidence socket) {
    boolean closing =
        socket.state() == TcpState.FIN_WAIT_1
            || socket.state() == TcpState.LAST_ACK
            || socket.state() == TcpState.CLOSING;
    return closing && socket.ownership() == Ownership.NONE && socket.isPersistent();
  }
}
