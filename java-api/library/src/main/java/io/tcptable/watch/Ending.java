// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.TcpState;

/** How a connection ended, as far as its last state that was seen tells. */
public enum Ending {
  /** This side closed first, or both did at once: it was in FIN_WAIT, CLOSING or TIME_WAIT. */
  CLOSED_HERE,
  /** The peer closed first: it was in CLOSE_WAIT or LAST_ACK. */
  CLOSED_BY_PEER,
  /** It never was a connection: the handshake was not completed, or not begun. */
  NEVER_CONNECTED,
  /** The peer has reset it, as a process does that closes without reading all. Pushed only. */
  RESET_BY_PEER,
  /**
   * It was reset from here: closed before all was read, closed with {@code SO_LINGER} of 0, never
   * accepted, or dropped. Pushed only.
   */
  RESET_HERE,
  /** The peer did not answer any more, or could not be reached. Pushed only. */
  TIMED_OUT,
  /**
   * It was ESTABLISHED, or not seen at all, and then it was gone: it was reset, or closed too
   * quickly to be seen.
   */
  NOT_SEEN;

  static Ending after(TcpState last) {
    return switch (last) {
      case FIN_WAIT_1, FIN_WAIT_2, CLOSING, TIME_WAIT -> CLOSED_HERE;
      case CLOSE_WAIT, LAST_ACK -> CLOSED_BY_PEER;
      case SYN_SENT, SYN_RECEIVED, NEW_SYN_RECEIVED, CLOSED -> NEVER_CONNECTED;
      case ESTABLISHED, LISTEN, UNKNOWN -> NOT_SEEN;
    };
  }
}
