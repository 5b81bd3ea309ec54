// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.diagnose;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.Phrase;

/** The last part of {@code tcptable diagnose --help}. */
final class DiagnoseHelp {

  static String[] text() {
    return """

      Looks at the port twice, one second apart, runs the health check, and reports
      what is wrong, worst first: what was seen, what it means, what to do.
      Stops and changes nothing. The health check is a connection like that of any
      client, to localhost unless --health names another host. --no-probe leaves it
      out, for a server that a connection disturbs, such as a debugger that takes
      one only: then nothing is sent, and the verdict is that of the kernel alone
      (HANGING, DOWN, FREE or UNKNOWN).

      --markdown replaces what looks like a password, a token or the credentials of
      a URL by ***. Text and JSON show command lines as they are. Very long texts
      and lists are cut; the output says how much is left out.

      JSON: schema, port, takenAt, verdict, headline, watchedMillis, binding,
        unreadableProcesses, hasHiddenProcesses,
        findings: code, severity (critical, warning or info), confidence (certain,
          likely or possible), pids, seen, evidence, meaning, advice (each with kind,
          command or hint, and text)
        health: url, assumed, outcome, detail, attempts (one for each address)
        processes: the owners, and their parents ("owner": false)
        sockets: as in tcptable list --json --detail
        threadDumps: with --threads
        Unknown values are absent. Later versions of schema 2 only add fields
        and codes.

      Examples:
        tcptable diagnose 3001
        tcptable diagnose 3001 --expect-json '{"status":"healthy"}' --deadline 2s
        tcptable diagnose 8080 --health http://127.0.0.1:8080/ready --threads
        tcptable diagnose 5432 --health tcp://localhost:5432
        tcptable diagnose 5005 --no-probe
        %s
      """
        .formatted(Platforms.current().phrases().of(Phrase.HELP_CODES))
        .split("\n");
  }

  private DiagnoseHelp() {}
}
