// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.restart;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.Phrase;

/** The last part of the help of {@code restart}, {@code free}, {@code start} and {@code wait}. */
final class RestartHelp {

  private static final String JSON =
      """

      JSON: schema, command, port, targets, plan, userChange (from, to), launch,
        notes, outcome (done, refused, failed, cancelled, or skipped by --dry-run),
        obstacle (kind, message, advice), steps (step, outcome, millis, detail),
        stopped, started, situation.
        Later versions of schema 1 only add fields and kinds.
      """;

  private static String stopping() {
    return """

      What is stopped: every process that owns a listener on the port or a
      connection with this local port, a parent of the same program that has no
      other children, such as a master or reloader, and workers of the server
      without a socket, such as those of node:cluster.
      What is never stopped: a client of the port, tcptable,
      """
        + Platforms.current().phrases().of(Phrase.HELP_STOPPING);
  }

  private static String asItWas() {
    return """

      Without COMMAND, the server is started again the way it ran: command line,
      %s, as --cwd, --env and --log
      change them. If that is not possible, nothing is stopped.
      """
        .formatted(Platforms.current().phrases().of(Phrase.HELP_AS_IT_WAS));
  }

  private static String starting() {
    return """

      COMMAND runs without a shell, %s. It keeps running
      after tcptable ends.
      COMMAND or one of its children must start listening. If it never becomes
      healthy, it is left running for inspection, and its PID is printed.
      """
        .formatted(Platforms.current().phrases().of(Phrase.HELP_SESSION));
  }

  static String[] ofRestart() {
    return lines(
        stopping(),
        asItWas(),
        starting(),
        JSON,
        """

          Examples:
            tcptable restart 3001
            tcptable restart 3001 -- python3 backend/run_server.py
            tcptable restart 3001 --dry-run -- python3 backend/run_server.py
          """,
        Platforms.current().phrases().of(Phrase.HELP_LONG_COMMAND));
  }

  static String[] ofFree() {
    return lines(
        stopping(),
        JSON,
        """

          Examples:
            tcptable free 3001
            tcptable free 3001 --yes --grace 500ms
          """);
  }

  static String[] ofStart() {
    return lines(
        starting(),
        JSON,
        """

          Examples:
            tcptable start 3001 -- python3 backend/run_server.py
          """);
  }

  static String[] ofWait() {
    return lines(
        """

          JSON: schema, port, wanted (listening, free or healthy), met (true or false),
            millis, detail, listening (the processes that listen: pid, startedAt, name).
            Later versions of schema 1 only add fields.

          Examples:
            tcptable wait 3001 --listening --timeout 10s
            tcptable wait 3001 --free
            tcptable wait 3001 --healthy --expect-json '{"status":"healthy"}'
          """);
  }

  private RestartHelp() {}

  private static String[] lines(String... parts) {
    return String.join("", parts).split("\n");
  }
}
