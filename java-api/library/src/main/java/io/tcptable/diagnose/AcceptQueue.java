// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.TcpState;
import io.tcptable.diagnose.SocketEvidence.Previous;
import java.util.List;
import java.util.OptionalLong;

/**
 * Connections that the kernel has completed and the application has not accepted. They wait in the
 * queue of their listener, see {@code listen(2)}.
 */
final class AcceptQueue {

  private AcceptQueue() {}

  /** Whether any listener's queue is full. */
  static boolean isAnyFull(Observations observed) {
    return observed.sockets().stream().anyMatch(AcceptQueue::isFull);
  }

  /** In both samples. The kernel admits one more than the limit, and calls that full. */
  static boolean isFull(SocketEvidence socket) {
    OptionalLong limit = socket.sendQueue();
    OptionalLong now = socket.receiveQueue();
    OptionalLong before = socket.before().map(Previous::receiveQueue).orElse(OptionalLong.empty());
    return socket.isListener()
        && limit.isPresent()
        && now.isPresent()
        && before.isPresent()
        && now.getAsLong() > limit.getAsLong()
        && before.getAsLong() > limit.getAsLong();
  }

  /**
   * How many connections in the queue of a listener have no client any more. One that was reset
   * keeps its place until it is accepted, though the kernel lists it no longer; so does one in
   * CLOSE_WAIT.
   */
  static long givenUp(Observations observed, SocketEvidence listener) {
    long alive =
        observed
            .sockets(
                socket ->
                    socket.isWaiting()
                        && socket.state() == TcpState.ESTABLISHED
                        && listener.covers(socket.local()))
            .size();
    return Math.max(0, listener.receiveQueue().orElse(0) - alive);
  }

  /** Whether any connection that waited at the first sample no longer does. */
  static boolean isDraining(Observations observed) {
    return stillWaiting(observed).size() < observed.waitingBefore();
  }

  /** Those that waited in both samples. */
  static List<SocketEvidence> stillWaiting(Observations observed) {
    return observed.sockets(socket -> socket.isWaiting() && socket.wasWaiting());
  }
}
