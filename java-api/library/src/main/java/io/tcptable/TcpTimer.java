// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import java.time.Duration;

/**
 * The timer that a socket waits for.
 *
 * @param kind what happens when it runs out
 * @param remaining the time left, to the millisecond; zero if it is due
 * @param retransmits how many retransmits or probes went without an answer so far, 0 to 255
 */
public record TcpTimer(Kind kind, Duration remaining, int retransmits) {

  /** What a timer is for, from {@code idiag_timer} in {@code sock_diag(7)}. */
  public enum Kind {
    /** Unacknowledged bytes, SYN or FIN are sent again. */
    RETRANSMIT,
    /** The peer of an idle connection is asked whether it is still there. */
    KEEPALIVE,
    /** The socket in {@link TcpState#TIME_WAIT} goes away. */
    TIME_WAIT,
    /** The peer is asked whether its closed window has opened. */
    PROBE,
    /** A timer that this version does not know. */
    OTHER
  }

  static Kind kind(int number) {
    return switch (number) {
      case 1 -> Kind.RETRANSMIT;
      case 2 -> Kind.KEEPALIVE;
      case 3 -> Kind.TIME_WAIT;
      case 4 -> Kind.PROBE;
      default -> Kind.OTHER;
    };
  }
}
