// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.guard;

/** The last part of {@code tcptable guard --help}. */
final class GuardHelp {

  private GuardHelp() {}

  static String[] text() {
    return """

    The guard starts COMMAND if the port is free, and refuses if it is not. Each
    look checks that the server listens and is healthy. If it is not, the port is
    diagnosed. HANGING, DOWN and FREE are bad; DEGRADED is reported and not
    restarted. After --bad-for, the evidence is saved and the server restarted. A
    server that ends with an exit code other than 0 is restarted at once.

    Evidence: PORT/TIME/ in DIR holds diagnosis.json, diagnosis.md and report.html
    (secrets are masked in these two only), sockets.json, threads-PID.txt of a JVM,
    server.log (its last 64 KiB), events.jsonl and watch.jsonl: the events of the
    guard, and those of the sockets in the last minutes. The newest 20 are kept, for
    this user only. If it cannot be saved, the guard says so and restarts the server
    all the same.

    What is stopped: the server that the guard started, and its descendants.
    tcptable restart PORT by a person is allowed: the guard waits for its end, and
    guards the new server if it has the same command line. A server with another
    command line is watched and never stopped. While no process listens, the guard
    waits --bad-for before it starts COMMAND. To stop the server, stop the guard.

    A signal to the guard stops the server: it is asked to terminate, and killed
    after --grace.

    JSON: one object a line. schema, port, at, event, message, and if known pid,
      verdict, exitCode, delayMillis, evidence.
      Later versions of schema 1 only add fields and events.

    Examples:
      tcptable guard 3001 -- python3 backend/run_server.py
      tcptable guard 3001 --bad-for 10s --evidence hangs -- ./run
    """
        .split("\n");
  }
}
