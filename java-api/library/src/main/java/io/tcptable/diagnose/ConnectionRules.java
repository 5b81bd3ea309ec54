// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Ownership;
import io.tcptable.TcpState;
import io.tcptable.TcpTimer;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.diagnose.SocketEvidence.Before;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.internal.wording.Quantities;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;

/** Connections that do not go on: not closed, not read, not acknowledged. */
final class ConnectionRules {

  /** Fewer may be in the middle of being closed or read. */
  private static final int FEWEST = 5;

  /** From here on, closing is not merely late. */
  private static final int MANY_CLOSE_WAITS = 50;

  private static final int SMALL_PART = 20;

  private ConnectionRules() {}

  static List<Finding> closeWaitPileup(Observations evidence) {
    List<SocketEvidence> stuck =
        evidence.sockets(socket -> isUnclosed(socket) && socket.isPersistent());
    long now = evidence.sockets(s -> isUnclosed(s) && !evidence.isProbe(s)).size();
    if (stuck.size() < FEWEST) {
      return List.of();
    }
    long more = now - stuck.size();
    boolean grows = more > 0;
    OptionalLong oldest = longest(stuck);
    Finding.Builder draft =
        new Finding.Builder(
                FindingCode.CLOSE_WAIT_PILEUP,
                grows || now >= MANY_CLOSE_WAITS || !evidence.health().isHealthy()
                    ? Severity.CRITICAL
                    : Severity.WARNING,
                Confidence.CERTAIN)
            .of(evidence.ownersOf(stuck))
            .seen(
                Quantities.count(now, "connection")
                    + " in CLOSE_WAIT"
                    + (oldest.isPresent()
                        ? ", silent for up to "
                            + DurationText.of(Duration.ofMillis(oldest.getAsLong()))
                        : "")
                    + (grows
                        ? ", " + more + " more within " + DurationText.of(evidence.apart())
                        : ""))
            .figure("closeWait", now)
            .figure("atBothLooks", stuck.size())
            .figure("oldestMillis", oldest)
            .means(
                "The peers have closed these connections, but the application does not close its"
                    + " end: each costs "
                    + evidence.words().costOfSocket()
                    + ".")
            .advise(SuggestedCommands.restart(evidence))
            .hint("Find where the application forgets to close its sockets.");
    byOwner(stuck).forEach((pid, count) -> draft.figure(Long.toString(pid), count));
    return List.of(draft.done());
  }

  private static boolean isUnclosed(SocketEvidence socket) {
    return socket.state() == TcpState.CLOSE_WAIT && !socket.isWaiting();
  }

  private static Map<Long, Long> byOwner(List<SocketEvidence> sockets) {
    Map<Long, Long> counts = new TreeMap<>();
    sockets.forEach(s -> s.owners().forEach(pid -> counts.merge(pid, 1L, Long::sum)));
    return counts;
  }

  /** The longest time without data; it bounds the age of what has come since. */
  private static OptionalLong longest(List<SocketEvidence> sockets) {
    return sockets.stream()
        .flatMap(socket -> socket.lastReceived().stream())
        .mapToLong(Duration::toMillis)
        .max();
  }

  static List<Finding> notReading(Observations evidence) {
    List<SocketEvidence> unread =
        evidence.withUnansweredProbes(
            evidence.sockets(s -> isUnread(s, evidence)),
            s -> s.ownership() == Ownership.OWNED && s.receiveQueue().orElse(0) > 0);
    boolean healthy = evidence.health().isHealthy();
    boolean few = unread.size() < FEWEST || isSmallPart(unread, evidence);
    if (unread.isEmpty() || (healthy && few)) {
      return List.of();
    }
    long bytes = unread.stream().mapToLong(s -> s.receiveQueue().orElse(0)).sum();
    return List.of(
        new Finding.Builder(
                FindingCode.NOT_READING,
                healthy ? Severity.WARNING : Severity.CRITICAL,
                Confidence.CERTAIN)
            .of(evidence.ownersOf(unread))
            .seen(
                (unread.stream().allMatch(evidence::isProbe)
                        ? "the health probe's request, " + Quantities.bytes(bytes) + ","
                        : Quantities.bytes(bytes)
                            + " on "
                            + Quantities.count(unread.size(), "connection"))
                    + " unread for at least "
                    + DurationText.of(evidence.watched(unread)))
            .figure("connections", unread.size())
            .figure("unreadBytes", bytes)
            .figure("watched", evidence.watched(unread))
            .figure("oldestMillis", longest(unread))
            .means(
                "The application has accepted these connections but does not read what the clients"
                    + " sent: it is stuck, or waits for something else.")
            .advise(SuggestedCommands.restart(evidence))
            .done());
  }

  /** Unread at both looks, no less than before, and nothing came in between that explains it. */
  private static boolean isUnread(SocketEvidence socket, Observations evidence) {
    return socket.state() == TcpState.ESTABLISHED
        && !socket.isWaiting()
        && socket.isPersistent()
        && isLeft(socket.receiveQueue(), queueBefore(socket, Before::receiveQueue))
        && socket.lastReceived().filter(age -> age.compareTo(evidence.apart()) < 0).isEmpty();
  }

  private static long queueBefore(SocketEvidence socket, Function<Before, OptionalLong> queue) {
    return socket.before().map(queue).orElse(OptionalLong.empty()).orElse(0);
  }

  /** Whether there is no less than before. */
  private static boolean isLeft(OptionalLong now, long before) {
    return before > 0 && now.orElse(0) >= before;
  }

  static List<Finding> peerNotReading(Observations evidence) {
    List<SocketEvidence> unsent = evidence.sockets(ConnectionRules::isUnsent);
    if (unsent.size() < FEWEST || isSmallPart(unsent, evidence)) {
      return List.of();
    }
    long bytes = unsent.stream().mapToLong(s -> s.sendQueue().orElse(0)).sum();
    long probing =
        unsent.stream()
            .filter(s -> s.timer().filter(t -> t.kind() == TcpTimer.Kind.PROBE).isPresent())
            .count();
    return List.of(
        new Finding.Builder(FindingCode.PEER_NOT_READING, Severity.WARNING, Confidence.LIKELY)
            .of(evidence.ownersOf(unsent))
            .seen(
                Quantities.bytes(bytes)
                    + " not acknowledged on "
                    + Quantities.count(unsent.size(), "connection"))
            .figure("connections", unsent.size())
            .figure("unacknowledgedBytes", bytes)
            .figure("windowClosed", probing)
            .figure("watched", evidence.apart())
            .means(
                "These clients do not read what they are sent, or are gone without a word; an"
                    + " application that waits for them serves nobody else meanwhile.")
            .hint("Set a send timeout in the server (TCP_USER_TIMEOUT).")
            .done());
  }

  /** A busy server always has some clients that are slow or have gone. */
  private static boolean isSmallPart(List<SocketEvidence> some, Observations evidence) {
    int established = evidence.sockets(s -> s.state() == TcpState.ESTABLISHED).size();
    return SMALL_PART * some.size() < established;
  }

  /** With each probe of a closed window, the kernel of a peer may yet take a little. */
  private static boolean isUnsent(SocketEvidence socket) {
    boolean retrying =
        socket
            .timer()
            .filter(
                t ->
                    t.kind() == TcpTimer.Kind.PROBE
                        || (t.kind() == TcpTimer.Kind.RETRANSMIT && t.retransmits() > 0))
            .isPresent();
    return socket.state() == TcpState.ESTABLISHED
        && socket.isPersistent()
        && retrying
        && isLeft(socket.sendQueue(), queueBefore(socket, Before::sendQueue) * 9 / 10);
  }
}
