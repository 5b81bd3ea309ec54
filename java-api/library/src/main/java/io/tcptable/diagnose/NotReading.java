// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Ownership;
import io.tcptable.TcpState;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.diagnose.SocketEvidence.Previous;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.internal.wording.Quantities;
import java.util.List;

/** The application does not read what clients sent. */
final class NotReading extends ServerRule {

  NotReading() {
    super(FindingCode.NOT_READING, "requests are not read");
  }

  @Override
  List<Finding> findings(Observations observed) {
    if (observed.forwarded().filter(UpstreamServer::isCutOff).isPresent()) {
      // The forwarder cannot hand on what it would read.
      return List.of();
    }
    List<SocketEvidence> unread =
        observed.withUnansweredProbes(
            observed.sockets(s -> isUnread(s, observed)),
            s -> s.ownership() == Ownership.OWNED && s.receiveQueue().orElse(0) > 0);
    boolean healthy = observed.isPresumedHealthy();
    boolean few = unread.size() < UnmovedQueue.FEWEST || UnmovedQueue.isSmallPart(unread, observed);
    if (unread.isEmpty() || (healthy && few)) {
      return List.of();
    }
    long bytes = unread.stream().mapToLong(s -> s.receiveQueue().orElse(0)).sum();
    String what =
        unread.stream().allMatch(observed::isProbe)
            ? "the health check's request, " + Quantities.bytes(bytes) + ","
            : Quantities.bytes(bytes) + " on " + Quantities.count(unread.size(), "connection");
    return List.of(
        found(healthy ? Severity.WARNING : Severity.CRITICAL, Confidence.CERTAIN)
            .of(observed.ownersOf(unread))
            .seen(what + " unread for at least " + DurationText.of(observed.watched(unread)))
            .figure("connections", unread.size())
            .figure("unreadBytes", bytes)
            .figure("watched", observed.watched(unread))
            .figure("oldestMillis", UnmovedQueue.oldestMillis(unread))
            .means(
                "The application has accepted these connections but does not read what the clients"
                    + " sent. It is stuck or waits for something else.")
            .advise(
                WaitsForServer.isOfAnother(observed)
                    ? List.of()
                    : SuggestedCommands.restart(observed))
            .done());
  }

  /** Unread in both samples, no less than before, and nothing came in between that explains it. */
  private static boolean isUnread(SocketEvidence socket, Observations observed) {
    return (socket.state() == TcpState.ESTABLISHED || socket.isGivenUp())
        && !socket.isWaiting()
        && socket.isPersistent()
        && UnmovedQueue.isLeft(
            socket.receiveQueue(), UnmovedQueue.before(socket, Previous::receiveQueue))
        && socket.lastReceived().filter(age -> age.compareTo(observed.apart()) < 0).isEmpty();
  }
}
