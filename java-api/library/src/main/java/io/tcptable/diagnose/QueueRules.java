// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.TcpState;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.diagnose.SocketEvidence.Before;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.internal.wording.Quantities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Connections on their way to the application: half open, complete but not accepted, dropped. */
final class QueueRules {

  /** Fewer half-open connections are no flood, however short the queue. */
  private static final int FEWEST_HALF_OPEN = 64;

  private QueueRules() {}

  static List<Finding> acceptQueueFull(Observations evidence) {
    List<SocketEvidence> full = evidence.sockets(QueueRules::isFull);
    List<Finding> findings = new ArrayList<>();
    for (SocketEvidence listener : full) {
      boolean draining = isDraining(evidence);
      findings.add(
          new Finding.Builder(
                  FindingCode.ACCEPT_QUEUE_FULL,
                  draining ? Severity.WARNING : Severity.CRITICAL,
                  Confidence.CERTAIN)
              .of(listener.owners())
              .seen(
                  "accept queue of "
                      + listener.local()
                      + " full: "
                      + listener.receiveQueue().orElse(0)
                      + " of "
                      + listener.sendQueue().orElse(0))
              .figure("waiting", listener.receiveQueue())
              .figure("limit", listener.sendQueue())
              .figure("waitingBefore", listener.before().map(Before::receiveQueue).orElseThrow())
              .means(
                  draining
                      ? "Clients come faster than the application accepts them; further ones wait"
                          + " or time out."
                      : "The application listens, but no longer accepts; further clients time out.")
              .advise(SuggestedCommands.restart(evidence))
              .done());
    }
    return findings;
  }

  /** At both looks; the kernel lets in one more than the limit, and calls that full. */
  static boolean isFull(SocketEvidence socket) {
    OptionalLong limit = socket.sendQueue();
    OptionalLong now = socket.receiveQueue();
    OptionalLong before = socket.before().map(Before::receiveQueue).orElse(OptionalLong.empty());
    return socket.isListener()
        && limit.isPresent()
        && now.isPresent()
        && before.isPresent()
        && now.getAsLong() > limit.getAsLong()
        && before.getAsLong() > limit.getAsLong();
  }

  /** Whether any connection that waited at the first look no longer does. */
  private static boolean isDraining(Observations evidence) {
    return stillWaiting(evidence).size() < evidence.waitingBefore();
  }

  private static List<SocketEvidence> stillWaiting(Observations evidence) {
    return evidence.sockets(socket -> socket.isWaiting() && socket.wasWaiting());
  }

  static List<Finding> notAccepting(Observations evidence) {
    List<SocketEvidence> waiting =
        evidence.withUnansweredProbes(stillWaiting(evidence), SocketEvidence::isWaiting);
    if (waiting.isEmpty() || evidence.sockets().stream().anyMatch(QueueRules::isFull)) {
      return List.of();
    }
    boolean draining = isDraining(evidence);
    List<SocketEvidence> queued =
        evidence.sockets(s -> s.isListener() && s.receiveQueue().orElse(1) > 0);
    Duration watched = evidence.watched(waiting);
    return List.of(
        new Finding.Builder(
                FindingCode.NOT_ACCEPTING,
                draining ? Severity.WARNING : Severity.CRITICAL,
                Confidence.CERTAIN)
            .of(evidence.ownersOf(queued))
            .seen(
                Quantities.count(waiting.size(), "connection")
                    + " not accepted within "
                    + DurationText.of(watched))
            .figure("waiting", waiting.size())
            .figure("waitingBefore", evidence.waitingBefore())
            .figure("watched", watched)
            .means(
                draining
                    ? "Clients wait longer for the application to accept them than they should."
                    : "The kernel has made these connections, but the application does not take"
                        + " them: it is stuck or busy with something else.")
            .advise(SuggestedCommands.restart(evidence))
            .done());
  }

  static List<Finding> synBacklog(Observations evidence) {
    List<SocketEvidence> halfOpen = evidence.sockets(QueueRules::isHalfOpen);
    long limit =
        evidence.listeners().stream().mapToLong(l -> l.sendQueue().orElse(0)).max().orElse(0);
    boolean many = halfOpen.size() >= FEWEST_HALF_OPEN && halfOpen.size() >= limit / 2;
    boolean lasting = halfOpen.stream().filter(SocketEvidence::isPersistent).count() > 0;
    // A full accept queue leaves handshakes half done, which is no flood.
    if (!many || !lasting || evidence.sockets().stream().anyMatch(QueueRules::isFull)) {
      return List.of();
    }
    return List.of(
        new Finding.Builder(FindingCode.SYN_BACKLOG, Severity.WARNING, Confidence.LIKELY)
            .of(evidence.ownersOf(evidence.listeners()))
            .seen(Quantities.count(halfOpen.size(), "connection") + " half open")
            .figure("halfOpen", halfOpen.size())
            .figure("limit", limit)
            .figure(
                "synCookiesSent",
                grown(evidence.countersBefore().synCookies(), evidence.counters().synCookies()))
            .means(
                "Many clients begin a connection and do not complete it: a SYN flood, or answers"
                    + " that get lost on their way.")
            .advise(new Advice.ListOfPort(evidence.port(), TcpState.SYN_RECEIVED))
            .done());
  }

  private static boolean isHalfOpen(SocketEvidence socket) {
    return socket.state() == TcpState.SYN_RECEIVED || socket.state() == TcpState.NEW_SYN_RECEIVED;
  }

  static List<Finding> listenDrops(Observations evidence) {
    OptionalLong overflows =
        grown(evidence.countersBefore().listenOverflows(), evidence.counters().listenOverflows());
    OptionalLong drops =
        grown(evidence.countersBefore().listenDrops(), evidence.counters().listenDrops());
    if (drops.orElse(0) <= 0 && overflows.orElse(0) <= 0) {
      return List.of();
    }
    boolean ours = evidence.sockets().stream().anyMatch(QueueRules::isFull);
    return List.of(
        new Finding.Builder(
                FindingCode.LISTEN_DROPS,
                ours ? Severity.WARNING : Severity.INFO,
                ours ? Confidence.LIKELY : Confidence.POSSIBLE)
            .of(ours ? evidence.ownersOf(evidence.listeners()) : Set.of())
            .seen(
                "the kernel dropped "
                    + Quantities.count(drops.orElse(0), "request")
                    + " for a connection within "
                    + DurationText.of(evidence.apart()))
            .figure("listenDrops", drops)
            .figure("listenOverflows", overflows)
            .figure("watched", evidence.apart())
            .means(
                ours
                    ? "Clients are turned away because the accept queue is full."
                    : "The count is of all ports together; the queue of this one was not full.")
            .done());
  }

  private static OptionalLong grown(OptionalLong before, OptionalLong now) {
    return before.isPresent() && now.isPresent()
        ? OptionalLong.of(now.getAsLong() - before.getAsLong())
        : OptionalLong.empty();
  }
}
