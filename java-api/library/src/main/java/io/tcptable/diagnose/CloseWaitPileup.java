// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.TcpState;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.internal.platform.Phrase;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.internal.wording.Quantities;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The clients have closed their connections, the application has not. */
final class CloseWaitPileup extends ServerRule {

  /** From here on, closing is not merely late. */
  private static final int MANY = 50;

  CloseWaitPileup() {
    super(FindingCode.CLOSE_WAIT_PILEUP, "connections are not closed");
  }

  @Override
  List<Finding> findings(Observations observed) {
    List<SocketEvidence> stuck = observed.sockets(s -> isUnclosed(s) && s.isPersistent());
    if (stuck.size() < UnmovedQueue.FEWEST) {
      return List.of();
    }
    long now = observed.sockets(s -> isUnclosed(s) && !observed.isProbe(s)).size();
    long more = now - stuck.size();
    boolean critical = more > 0 || now >= MANY || !observed.isPresumedHealthy();
    boolean isEffect = 2 * stuck.stream().filter(SocketEvidence::isGivenUp).count() > stuck.size();
    Finding.Builder found =
        found(critical ? Severity.CRITICAL : Severity.WARNING, Confidence.CERTAIN)
            .cause(now + (isEffect ? " clients have given up" : " connections are not closed"))
            .of(observed.ownersOf(stuck))
            .seen(seen(observed, stuck, now))
            .figure("closeWait", now)
            .figure("atBothLooks", stuck.size())
            .figure("oldestMillis", UnmovedQueue.oldestMillis(stuck))
            .figure("unread", stuck.stream().filter(SocketEvidence::isGivenUp).count())
            .means(
                meaning(observed, isEffect)
                    + " Each one costs "
                    + observed.phrase(Phrase.COST_OF_SOCKET)
                    + ".")
            .advise(SuggestedCommands.restart(observed));
    if (!isEffect) {
      found.hint(
          isServing(observed)
              ? "Find where the application forgets to close its sockets."
              : "Find out why it does not answer. If such connections are left after that, the"
                  + " application forgets to close them.");
    }
    byOwner(stuck).forEach((pid, count) -> found.figure(Long.toString(pid), count));
    return List.of(found.done());
  }

  private static String meaning(Observations observed, boolean isEffect) {
    if (isEffect) {
      return "The clients have closed these connections before the application has read their"
          + " requests. This is an effect of the hang, not a leak.";
    }
    return "The clients have closed these connections, but the application has not closed its"
        + " sockets."
        + (isServing(observed) ? "" : " This may be an effect of the hang.");
  }

  /** An application that is stuck cannot close what it would close otherwise. */
  private static boolean isServing(Observations observed) {
    return observed.health().outcome() != Outcome.NO_RESPONSE;
  }

  private static boolean isUnclosed(SocketEvidence socket) {
    return socket.state() == TcpState.CLOSE_WAIT && !socket.isWaiting();
  }

  private static String seen(Observations observed, List<SocketEvidence> stuck, long now) {
    OptionalLong oldest = UnmovedQueue.oldestMillis(stuck);
    long more = now - stuck.size();
    return Quantities.count(now, "connection")
        + " in CLOSE_WAIT"
        + (oldest.isPresent()
            ? ", silent for up to " + DurationText.of(Duration.ofMillis(oldest.getAsLong()))
            : "")
        + (more > 0 ? ", " + more + " more within " + DurationText.of(observed.apart()) : "");
  }

  private static Map<Long, Long> byOwner(List<SocketEvidence> sockets) {
    Map<Long, Long> counts = new TreeMap<>();
    sockets.forEach(s -> s.owners().forEach(pid -> counts.merge(pid, 1L, Long::sum)));
    return counts;
  }
}
