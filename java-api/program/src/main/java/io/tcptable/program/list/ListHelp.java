// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.Phrase;

/** The last part of {@code tcptable list --help}. */
final class ListHelp {

  // Joined, not formatted: it is made at each start.
  static String[] text() {
    return ("""

      Columns:
        State   as in RFC 9293; CLOSE_WAIT: the peer has closed the connection,
                the application here has not
        Recv-Q  bytes received that the application has not read
                listener: connections waiting in the accept queue
        Send-Q  bytes sent that the peer has not acknowledged
                listener: limit of the accept queue
        Local   local address
        Remote  remote address; * if there is none
        Owners  every process that holds the socket: name(PID)
                - no process: only the kernel holds it
                ? unknown: no permission to look, or outside this container
      """
            + Platforms.current().phrases().of(Phrase.HELP_NAMESPACES)
            + """
        With --detail:
        RTT     smoothed round-trip time
        Retr    segments retransmitted since the connection was opened
        Rcvd    time since data was last received
        Sent    time since data was last sent
        Timer   pending timer, time left, retries so far (x3);
                no such column if no socket has a timer
        ? is not known, - does not apply.
        On a narrow terminal owners and addresses are shortened (+2 more, or ..),
        PIDs and ports are not. In a pipe nothing is shortened.
        In CSV a cell that would begin with = + - @ gets a ' in front, so that no
        spreadsheet takes it for a formula.

      Examples:
        tcptable list 3001
        tcptable list 3001 8080 --listen
        tcptable list --state close_wait --detail
        tcptable list --pid 1 --family 4
      """
            + "  "
            + Platforms.current().phrases().of(Phrase.HELP_PIDS)
            + "\n  tcptable list --csv > sockets.csv")
        .split("\n");
  }

  private ListHelp() {}
}
