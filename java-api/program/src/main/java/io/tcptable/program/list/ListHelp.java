// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import io.tcptable.program.command.SystemHelp;

/** The end of {@code tcptable list --help}. */
final class ListHelp {

  static String[] text() {
    return """

      Columns:
        State   as in RFC 9293; CLOSE_WAIT: the other side has closed, the
                application here has not
        Recv-Q  bytes received that the application has not read
                of a listener: connections that wait to be accepted
        Send-Q  bytes sent that the other side has not acknowledged
                of a listener: how many may wait
        Local   this end
        Remote  the other end; * if there is none
        Owners  every process that holds the socket: name(PID)
                - no process: the kernel keeps it alone
                ? not known: not permitted to look, or outside this container
        With --detail:
        RTT     smoothed round-trip time
        Retr    segments sent again since the connection began
        Rcvd    time since data was last received
        Sent    time since data was last sent
        Timer   what a socket waits for, how long, and (x3) how often in vain;
                left out if none of them waits
        ? is what the kernel did not tell, - is what does not apply.
        On a screen that is too narrow, owners and addresses are shortened
        (+2 more, or ..), PIDs and ports never. In a pipe nothing is shortened.

      Examples:
        tcptable list 3001
        tcptable list 3001 8080 --listen
        tcptable list --state close_wait --detail
        tcptable list --pid 1 --family 4
        %s
        tcptable list --csv > sockets.csv
      """
        .formatted(SystemHelp.ofThisSystem().pids())
        .split("\\n");
  }

  private ListHelp() {}
}
