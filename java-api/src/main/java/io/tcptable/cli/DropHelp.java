package io.tcptable.cli;

/** The end of {@code tcptable drop --help}. */
final class DropHelp {

  static final String[] TEXT =
      """

      Dropped are connections whose local port it is, never a listener, never one that
      came after the plan. The peer sees a reset. The owner is not stopped: its next
      write on the connection fails, a read fails or finds the end. The descriptor
      stays the owner's, so a leak of CLOSE_WAIT is cured only by mending or
      restarting the server.
      One that ends by itself meanwhile is no failure.
      Linux: root or CAP_NET_ADMIN, and a kernel with CONFIG_INET_DIAG_DESTROY.
      Windows: an administrator, IPv4 only.

      JSON: schema, port, effect, connections, each with outcome (dropped, gone,
        changed, remains or failed; absent with --dry-run), detail, and socket as in
        list --json. Later versions of schema 1 only add fields and outcomes.

      Examples:
        tcptable drop 3001 --dry-run
        tcptable drop 3001 --yes
        tcptable drop 3001 --state established,fin_wait_2 --remote 10.0.0.7
      """
          .split("\\n");

  private DropHelp() {}
}
