// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.drop;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.Phrase;

/** The last part of {@code tcptable drop --help}. */
final class DropHelp {

  static String[] text() {
    return """

      Resets connections on the given local port. Listeners and connections made after
      the plan are left alone. The peer receives a reset. The owner keeps running: its
      next write on the connection fails, and reads fail or return EOF. The owner
      keeps the socket until it closes it, so a CLOSE_WAIT leak still needs a fix
      or a restart.
      A connection that closes by itself in the meantime counts as success.
      %s

      JSON: schema, port, effect, connections, each with outcome (dropped, gone,
        changed, remains or failed; absent with --dry-run), detail, and socket as in
        list --json. Later versions of schema 1 only add fields and outcomes.

      Examples:
        tcptable drop 3001 --dry-run
        tcptable drop 3001 --yes
        tcptable drop 3001 --state established,fin_wait_2 --remote 10.0.0.7
      """
        .formatted(Platforms.current().phrases().of(Phrase.HELP_DROPPING))
        .split("\n");
  }

  private DropHelp() {}
}
