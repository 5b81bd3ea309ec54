// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.drop;

import io.tcptable.program.command.SystemHelp;

/** The end of {@code tcptable drop --help}. */
final class DropHelp {

  static String[] text() {
    return """

      Dropped are connections whose local port it is, never a listener, never one that
      came after the plan. The peer sees a reset. The owner is not stopped: its next
      write on the connection fails, a read fails or finds the end. The socket stays
      the owner's until it closes it, so a leak of CLOSE_WAIT is cured only by mending
      or restarting the server.
      One that ends by itself meanwhile is no failure.
      %s

      JSON: schema, port, effect, connections, each with outcome (dropped, gone,
        changed, remains or failed; absent with --dry-run), detail, and socket as in
        list --json. Later versions of schema 1 only add fields and outcomes.

      Examples:
        tcptable drop 3001 --dry-run
        tcptable drop 3001 --yes
        tcptable drop 3001 --state established,fin_wait_2 --remote 10.0.0.7
      """
        .formatted(SystemHelp.ofThisSystem().dropping())
        .split("\\n");
  }

  private DropHelp() {}
}
