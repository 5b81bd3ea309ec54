// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.diagnose.SocketEvidence.Previous;
import java.util.List;

/** The accept queue of a listener is full. */
final class AcceptQueueFull extends ServerRule {

  AcceptQueueFull() {
    super(FindingCode.ACCEPT_QUEUE_FULL, "the accept queue is full");
  }

  @Override
  boolean isHang() {
    return true;
  }

  @Override
  List<Finding> findings(Observations observed) {
    boolean draining = AcceptQueue.isDraining(observed);
    return observed.sockets(AcceptQueue::isFull).stream()
        .map(listener -> finding(observed, listener, draining))
        .toList();
  }

  private Finding finding(Observations observed, SocketEvidence listener, boolean draining) {
    long givenUp = AcceptQueue.givenUp(observed, listener);
    boolean isLeftOver = 2 * givenUp > listener.receiveQueue().orElse(0);
    return found(draining ? Severity.WARNING : Severity.CRITICAL, Confidence.CERTAIN)
        .of(listener.owners())
        .seen(
            "accept queue of "
                + listener.bound()
                + " full: "
                + listener.receiveQueue().orElse(0)
                + " of "
                + listener.sendQueue().orElse(0)
                + (isLeftOver ? ", " + givenUp + " of them given up by their clients" : ""))
        .figure("waiting", listener.receiveQueue())
        .figure("limit", listener.sendQueue())
        .figure("givenUp", givenUp)
        .figure("waitingBefore", listener.before().map(Previous::receiveQueue).orElseThrow())
        .means(
            draining
                ? "Clients connect faster than the application accepts them. Further clients wait or"
                    + " time out."
                : "The application listens, but no longer accepts. Further clients time out."
                    + (isLeftOver
                        ? " The queue holds what clients have left there, such as health checks"
                            + " that got no answer: it is not full of load."
                        : ""))
        .advise(SuggestedCommands.restart(observed))
        .done();
  }
}
