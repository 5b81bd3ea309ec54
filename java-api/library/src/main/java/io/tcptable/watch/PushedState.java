// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.Endpoint;
import io.tcptable.SocketKey;
import io.tcptable.TcpState;
import io.tcptable.internal.platform.StateChange;
import io.tcptable.internal.platform.StateChange.Cause;
import io.tcptable.internal.table.StateNumber;
import java.time.Instant;

/**
 * A change of the state of one socket, as the system told it.
 *
 * @param at when, by the clock of this system
 * @param nanos when, by System.nanoTime()
 */
record PushedState(
    SocketKey key,
    TcpState before,
    TcpState after,
    Endpoint local,
    Endpoint remote,
    Cause cause,
    Instant at,
    long nanos) {

  /**
   * @param at when, by the clock of this system
   */
  static PushedState of(StateChange change, Endpoint local, Endpoint remote, Instant at) {
    return new PushedState(
        SocketKey.ofCookie(change.cookie()),
        state(change.before()),
        state(change.after()),
        local,
        remote,
        change.cause(),
        at,
        change.nanos());
  }

  /** How the connection ends, if it does. */
  Ending ending() {
    if (before != TcpState.ESTABLISHED) {
      return Ending.after(before);
    }
    return switch (cause) {
      case RESET_BY_PEER -> Ending.RESET_BY_PEER;
      case TIMED_OUT -> Ending.TIMED_OUT;
      case NONE, OTHER -> Ending.RESET_HERE;
    };
  }

  private static TcpState state(int number) {
    return switch (number) {
      case StateNumber.ESTABLISHED -> TcpState.ESTABLISHED;
      case StateNumber.SYN_SENT -> TcpState.SYN_SENT;
      case StateNumber.SYN_RECEIVED -> TcpState.SYN_RECEIVED;
      case StateNumber.FIN_WAIT_1 -> TcpState.FIN_WAIT_1;
      case StateNumber.FIN_WAIT_2 -> TcpState.FIN_WAIT_2;
      case StateNumber.TIME_WAIT -> TcpState.TIME_WAIT;
      case StateNumber.CLOSED -> TcpState.CLOSED;
      case StateNumber.CLOSE_WAIT -> TcpState.CLOSE_WAIT;
      case StateNumber.LAST_ACK -> TcpState.LAST_ACK;
      case StateNumber.LISTEN -> TcpState.LISTEN;
      case StateNumber.CLOSING -> TcpState.CLOSING;
      case StateNumber.NEW_SYN_RECEIVED -> TcpState.NEW_SYN_RECEIVED;
      default -> TcpState.UNKNOWN;
    };
  }
}
