// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Advice;
import io.tcptable.TcpState;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.wording.Quantities;
import java.util.List;

/** Many handshakes are half done. */
final class SynBacklog extends ServerRule {

  /** Fewer half-open connections are no flood, however short the queue. */
  private static final int FEWEST = 64;

  SynBacklog() {
    super(FindingCode.SYN_BACKLOG, "handshakes are not completed");
  }

  @Override
  List<Finding> findings(Observations observed) {
    List<SocketEvidence> halfOpen = observed.sockets(SynBacklog::isHalfOpen);
    long limit =
        observed.listeners().stream().mapToLong(l -> l.sendQueue().orElse(0)).max().orElse(0);
    boolean many = halfOpen.size() >= FEWEST && halfOpen.size() >= limit / 2;
    // A full accept queue leaves handshakes half done, which is no flood.
    if (!many
        || halfOpen.stream().noneMatch(SocketEvidence::isPersistent)
        || AcceptQueue.isAnyFull(observed)) {
      return List.of();
    }
    return List.of(
        found(Severity.WARNING, Confidence.LIKELY)
            .of(observed.ownersOf(observed.listeners()))
            .seen(Quantities.count(halfOpen.size(), "connection") + " half open")
            .figure("halfOpen", halfOpen.size())
            .figure("limit", limit)
            .figure(
                "synCookiesSent",
                Growth.of(observed.countersBefore().synCookies(), observed.counters().synCookies()))
            .means(
                "Many clients start a connection and do not complete it: a SYN flood, or replies"
                    + " that get lost.")
            .advise(new Advice.ListOfPort(observed.port(), TcpState.SYN_RECEIVED))
            .done());
  }

  private static boolean isHalfOpen(SocketEvidence socket) {
    return socket.state() == TcpState.SYN_RECEIVED || socket.state() == TcpState.NEW_SYN_RECEIVED;
  }
}
