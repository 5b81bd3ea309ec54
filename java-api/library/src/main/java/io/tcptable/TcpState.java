// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import io.tcptable.internal.table.StateNumber;
import java.util.Locale;

/**
 * The state of a TCP socket, named as in <a
 * href="https://www.rfc-editor.org/rfc/rfc9293#section-3.3.2">RFC 9293, section 3.3.2</a>, plus
 * what the kernel adds to it.
 */
public enum TcpState {
  /** Open: both sides may send. */
  ESTABLISHED(StateNumber.ESTABLISHED),
  /** Connecting: sent a SYN, no answer yet. */
  SYN_SENT(StateNumber.SYN_SENT),
  /** Answered a SYN; the handshake lacks its last step. */
  SYN_RECEIVED(StateNumber.SYN_RECEIVED),
  /** Closed here; the other side has not yet acknowledged. */
  FIN_WAIT_1(StateNumber.FIN_WAIT_1),
  /** Closed here and acknowledged; the other side has not yet closed. */
  FIN_WAIT_2(StateNumber.FIN_WAIT_2),
  /** Over; kept for a while so that late packets cannot disturb a successor. */
  TIME_WAIT(StateNumber.TIME_WAIT),
  /** No connection. In a table: bound to its port, but neither listening nor connecting. */
  CLOSED(StateNumber.CLOSED),
  /** The other side has closed; the application here has not. */
  CLOSE_WAIT(StateNumber.CLOSE_WAIT),
  /** Closed here after the other side; its last acknowledgement is missing. */
  LAST_ACK(StateNumber.LAST_ACK),
  /** Waits for connections. */
  LISTEN(StateNumber.LISTEN),
  /** Both sides closed at the same time; the acknowledgement is missing. */
  CLOSING(StateNumber.CLOSING),
  /**
   * Linux: a connection request that has no socket yet. Kernels show these as {@link
   * #SYN_RECEIVED}.
   */
  NEW_SYN_RECEIVED(StateNumber.NEW_SYN_RECEIVED),
  /** A state that this version does not know. */
  UNKNOWN(0);

  private static final TcpState[] BY_NUMBER = new TcpState[13];
  private static final int KNOWN;

  static {
    int known = 0;
    for (TcpState state : values()) {
      BY_NUMBER[state.number] = state;
      known |= state == UNKNOWN ? 0 : 1 << state.number;
    }
    KNOWN = known;
  }

  private final int number;

  TcpState(int number) {
    this.number = number;
  }

  /** Linux's number. */
  int number() {
    return number;
  }

  /** One bit for each of the kernel's numbers that are shown as this state. */
  int mask() {
    return this == UNKNOWN ? ~KNOWN : 1 << number;
  }

  static TcpState ofNumber(int number) {
    return number > 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
  }

  /**
   * The state of a name as people and tools write it: {@code CLOSE_WAIT}, {@code close-wait},
   * {@code FIN_WAIT2}, {@code estab}, {@code SYN-RECV}, {@code LISTENING}; upper or lower case.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static TcpState parse(String name) {
    String plain = name.toUpperCase(Locale.ROOT).replaceAll("[-_ ]", "");
    for (TcpState state : values()) {
      String official = state.name().replace("_", "");
      if (official.equals(plain)) {
        return state;
      }
    }
    return switch (plain) {
      case "ESTAB" -> ESTABLISHED;
      case "SYNRECV", "SYNRCVD" -> SYN_RECEIVED;
      case "NEWSYNRECV" -> NEW_SYN_RECEIVED;
      case "LISTENING" -> LISTEN;
      case "CLOSE", "BOUND", "UNCONN" -> CLOSED;
      default -> throw new IllegalArgumentException("not a TCP state: " + name);
    };
  }
}
