// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

/** The last part of {@code tcptable report --help}. */
final class ReportHelp {

  private ReportHelp() {}

  static String[] text() {
    return """

      The port is recorded as by tcptable record, and the page made of that: verdict,
      findings and advice, pictures of states, accept queues and owners, what
      happened, the health check, the oldest and the slowest connections, the sockets.
      The page is one file for a ticket. It loads nothing and has no script. It is
      light or dark as the reader's system is, and can be printed. It has no name and
      no address of the host, but those of the connections.

      What looks like a password, a token or the credentials of a URL is replaced by
      ***. --show-secrets keeps it.

      --from takes files in place of PORT: a recording, also one that gzip has
      compressed; a folder of evidence of tcptable guard, or its events.jsonl; the
      output of diagnose --json or restart --json. Give it several times to have the
      steps of a restart on the page of a recording.

      FILE is made for this user alone, and must not exist. Ctrl-C makes the page of
      what was recorded until then.

      Examples:
        tcptable report 3001 --for 10s --html hang.html
        tcptable report --from hang.jsonl --html hang.html
        tcptable report --from hang.jsonl --from restart.json --html hang.html
    """
        .split("\\n");
  }
}
