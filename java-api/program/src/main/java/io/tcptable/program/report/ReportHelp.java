// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.report;

/** The last part of {@code tcptable report --help}. */
final class ReportHelp {

  private ReportHelp() {}

  static String[] text() {
    return """

        The port is recorded as by tcptable record. The page shows the verdict, findings
        and advice, pictures of states, accept queues and owners, what happened, the
        health check, the oldest and the slowest connections, and the sockets. It is one
        file for a ticket, loads nothing, has no script and can be printed. It is light
        or dark, as the reader's system is. It holds no host name, and no address of
        the host except those of the connections.

        What looks like a password, a token or the credentials of a URL is replaced by
        ***. --show-secrets keeps it.

        --from takes files in place of PORT: a recording, which gzip may have
        compressed; a folder of evidence of tcptable guard, or its events.jsonl; the
        output of diagnose --json or restart --json. Give it several times to have the
        steps of a restart on the page of a recording.

        Only this user can read FILE, and it must not exist before. After Ctrl-C the
        page shows what was recorded until then.

        Examples:
          tcptable report 3001 --for 10s --html hang.html
          tcptable report --from hang.jsonl --html hang.html
          tcptable report --from hang.jsonl --from restart.json --html hang.html
        """
        .split("\n");
  }
}
