package io.tcptable.cli;

/** The ends of the helps of {@code restart}, {@code free}, {@code start} and {@code wait}. */
final class RestartHelp {

  private static final String STOPPING =
      """

      Who is stopped: all owners of sockets that listen on the port and of connections
      whose local port it is, and a parent of the same program that runs nobody but
      them, such as a master or reloader. Never a client of the port, this program,
      what it was started from, PID 1, or what is to be kept. If systemd, Docker or
      another supervisor runs the server, nothing is stopped and its command is named.
      They are asked to end (SIGTERM), given --grace, killed (SIGKILL) and waited for.
      If one may not be stopped, or it cannot be seen who is on the port, none is.
      Nor is one while a restart of the same port by the same user or root is under way.
      """;

  private static final String STARTING =
      """

      COMMAND runs without a shell, in a session of its own, and outlives this program.
      It must come to listen itself, or a child of it, before it counts; what does not
      become healthy is left running for a look at it, and named.
      """;

  private static final String JSON =
      """

      JSON: schema, command, port, targets, plan, notes, outcome (done, refused,
        failed, cancelled, or skipped by --dry-run), obstacle (kind, message, advice),
        steps (step, outcome, millis, detail), stopped, started, situation.
        Later versions of schema 1 only add fields and kinds.
      """;

  static final String[] RESTART =
      lines(
          STOPPING,
          STARTING,
          JSON,
          """

          Examples:
            tcptable restart 3001 -- python3 backend/run_server.py
            tcptable restart 3001 --dry-run -- python3 backend/run_server.py
            tcptable restart 8080 --yes --cwd /srv/app --env MODE=test \\
                --expect-json '{"status":"healthy"}' -- java -jar app.jar
          """);

  static final String[] FREE =
      lines(
          STOPPING,
          JSON,
          """

          Examples:
            tcptable free 3001
            tcptable free 3001 --yes --grace 500ms
          """);

  static final String[] START =
      lines(
          STARTING,
          JSON,
          """

          Examples:
            tcptable start 3001 -- python3 backend/run_server.py
          """);

  static final String[] WAIT =
      lines(
          """

          JSON: schema, port, wanted (listening, free or healthy), met (true or false),
            millis, detail. Later versions of schema 1 only add fields.

          Examples:
            tcptable wait 3001 --listening --timeout 10s
            tcptable wait 3001 --free
            tcptable wait 3001 --healthy --expect-json '{"status":"healthy"}'
          """);

  private RestartHelp() {}

  private static String[] lines(String... parts) {
    return String.join("", parts).split("\\n");
  }
}
