// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.TcpState;
import io.tcptable.TcpTimer;
import io.tcptable.diagnose.Finding.Confidence;
import io.tcptable.diagnose.Finding.Severity;
import io.tcptable.diagnose.SocketEvidence.Previous;
import io.tcptable.internal.wording.Quantities;
import java.util.List;

/** Clients do not acknowledge what they are sent. */
final class PeerNotReading extends FindingRule {

  PeerNotReading() {
    super(FindingCode.PEER_NOT_READING, "clients do not read what they are sent");
  }

  @Override
  List<Finding> findings(Observations observed) {
    List<SocketEvidence> unsent = observed.sockets(PeerNotReading::isUnsent);
    if (unsent.size() < UnmovedQueue.FEWEST || UnmovedQueue.isSmallPart(unsent, observed)) {
      return List.of();
    }
    long bytes = unsent.stream().mapToLong(s -> s.sendQueue().orElse(0)).sum();
    long probing =
        unsent.stream()
            .filter(s -> s.timer().filter(t -> t.kind() == TcpTimer.Kind.PROBE).isPresent())
            .count();
    return List.of(
        found(Severity.WARNING, Confidence.LIKELY)
            .of(observed.ownersOf(unsent))
            .seen(
                Quantities.bytes(bytes)
                    + " not acknowledged on "
                    + Quantities.count(unsent.size(), "connection"))
            .figure("connections", unsent.size())
            .figure("unacknowledgedBytes", bytes)
            .figure("windowClosed", probing)
            .figure("watched", observed.apart())
            .means(
                "These clients do not read what they are sent, or they are gone and their"
                    + " connections were never closed. An application that waits for them serves no"
                    + " other client meanwhile.")
            .hint("Set a send timeout in the server (TCP_USER_TIMEOUT).")
            .done());
  }

  /** With each probe of a closed window, the kernel of a client may yet take a little. */
  private static boolean isUnsent(SocketEvidence socket) {
    return socket.state() == TcpState.ESTABLISHED
        && socket.isPersistent()
        && socket.timer().filter(PeerNotReading::isRetrying).isPresent()
        && UnmovedQueue.isLeft(
            socket.sendQueue(), UnmovedQueue.before(socket, Previous::sendQueue) * 9 / 10);
  }

  private static boolean isRetrying(TcpTimer timer) {
    return timer.kind() == TcpTimer.Kind.PROBE
        || (timer.kind() == TcpTimer.Kind.RETRANSMIT && timer.retransmits() > 0);
  }
}
