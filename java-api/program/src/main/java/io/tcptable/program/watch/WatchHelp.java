// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.watch;

/** The last part of {@code tcptable watch --help}. */
final class WatchHelp {

  private WatchHelp() {}

  static String[] text() {
    return """

      On a terminal: a view of all sockets, by a look each --interval. Without PORT,
      a row is a listener with its accept queue, owners and connections; with PORT,
      a row is a socket. + new, * changed, - gone, for 3 seconds.
        Up Down PgUp PgDn  choose a row      c  listeners, or each socket
        Enter  diagnose its port             /  filter; Esc: no filter
        d f r  drop, free, restart its port: s  sort by port, owner, queue,
               shows the plan, then asks        connections, state
        q      quit, as Ctrl-C               p  pause
      A connection that comes and goes between two looks is counted and, with PORT,
      shown as gone, if the system pushes. With --lines, or not on a terminal: one
      line an event.

      One line an event: what a socket was, is, and who owns it. What was there
      before is not told, except what is wrong already: a filled accept queue, and
      a second server on the port.

      How an event is known: "pushed" means that the system told it at once.
      "between two looks" means that two looks differ: it happened in between.
      A connection that comes and goes between two looks is seen only if the system
      pushes; the first line says so. If events are missing, a line says how many.

      With --state, a socket that comes into one of these states is told as opened,
      and one that leaves them as closed. With --pid, an event whose owner is not
      known is left out.
      To wait for one condition only, see tcptable wait.

      JSON: one object a line: schema, event, at, knownBy, socket and more fields of
        each kind of event. Later versions of schema 1 only add fields and events.

      Examples:
        tcptable watch 3001
        tcptable watch 3001 --for 10m > events.txt
        tcptable watch --listen --no-owners
        tcptable watch 3001 --json > events.jsonl
      """
        .split("\n");
  }
}
