// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.internal.wording.Quantities;
import java.time.Duration;
import java.util.List;

/** Connections wait in the accept queue, which has room left. */
final class NotAccepting extends ServerRule {

  NotAccepting() {
    super(FindingCode.NOT_ACCEPTING, "connections are not accepted");
  }

  @Override
  boolean isHang() {
    return true;
  }

  @Override
  List<Finding> findings(Observations observed) {
    List<SocketEvidence> waiting =
        observed.withUnansweredProbes(
            AcceptQueue.stillWaiting(observed), SocketEvidence::isWaiting);
    if (waiting.isEmpty() || AcceptQueue.isAnyFull(observed)) {
      return List.of();
    }
    boolean draining = AcceptQueue.isDraining(observed);
    List<SocketEvidence> queued =
        observed.sockets(s -> s.isListener() && s.receiveQueue().orElse(1) > 0);
    Duration watched = observed.watched(waiting);
    return List.of(
        found(draining ? Severity.WARNING : Severity.CRITICAL, Confidence.CERTAIN)
            .of(observed.ownersOf(queued))
            .seen(
                Quantities.count(waiting.size(), "connection")
                    + " not accepted within "
                    + DurationText.of(watched))
            .figure("waiting", waiting.size())
            .figure("waitingBefore", observed.waitingBefore())
            .figure("watched", watched)
            .means(
                draining
                    ? "The application accepts connections, but clients wait too long for it."
                    : "The kernel has completed these connections, but the application does not"
                        + " accept them. It is stuck or busy with something else.")
            .advise(
                WaitsForServer.isOfAnother(observed)
                    ? List.of()
                    : SuggestedCommands.restart(observed))
            .done());
  }
}
