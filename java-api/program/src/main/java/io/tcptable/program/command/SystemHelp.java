// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.command;

import io.tcptable.OperatingSystem;

/**
 * The parts of the help that differ between operating systems.
 *
 * @param stopping which processes are never stopped, and how the others are stopped, in lines
 * @param session where a started server runs
 * @param interruptions the exit codes after a signal
 * @param dropping what is needed to reset a connection
 * @param stateFolder where the logs of servers are kept
 * @param continued an example of a long command, in lines
 * @param pids an example of one that takes the PIDs out of JSON
 * @param codes the same for the codes of findings
 */
public record SystemHelp(
    String stopping,
    String session,
    String interruptions,
    String dropping,
    String stateFolder,
    String continued,
    String pids,
    String codes) {

  private static final SystemHelp LINUX =
      new SystemHelp(
          """
          its parents, PID 1 or a process given by --keep. If systemd, Docker or another
          supervisor manages the server, nothing is stopped, and the command for that
          supervisor is printed.
          Each process gets SIGTERM, and after the --grace period SIGKILL.
          If any owner cannot be identified or stopped, none is stopped. The same holds
          while another restart of this port by the same user or by root runs.
          """,
          "in its own session, and keeps running after tcptable ends.",
          "interrupted by Ctrl-C (143: by SIGTERM, 129: by a hangup)",
          "Needs root or CAP_NET_ADMIN, and a kernel with CONFIG_INET_DIAG_DESTROY.",
          "$XDG_STATE_HOME or ~/.local/state",
          """
            tcptable restart 8080 --yes --cwd /srv/app --env MODE=test \\
                --expect-json '{"status":"healthy"}' -- java -jar app.jar
          """,
          "tcptable list 3001 --json | jq -r '.sockets[].owners[].pid' | sort -u",
          "tcptable diagnose 3001 --json | jq -r '.findings[].code'");

  private static final SystemHelp WINDOWS =
      new SystemHelp(
          """
          its parents or a process given by --keep.
          A process with a window gets WM_CLOSE, and after the --grace period
          TerminateProcess. A process without a window gets TerminateProcess at once:
          Windows can send Ctrl-C only to all processes of the sender's own console.
          If any owner cannot be identified or stopped, none is stopped. The same holds
          while another restart of this port by the same user runs.
          """,
          "on this console if there is one, and keeps running after tcptable ends.",
          "interrupted by Ctrl-C (143: its console was closed)",
          "Needs an administrator. Windows can reset IPv4 connections only.",
          "AppData\\Local",
          """
            tcptable restart 8080 --yes --cwd C:\\srv\\app --env MODE=test `
                --expect-status 200 -- java -jar app.jar
          """,
          "(tcptable list 3001 --json | ConvertFrom-Json).sockets.owners.pid",
          "(tcptable diagnose 3001 --json | ConvertFrom-Json).findings.code");

  public static SystemHelp ofThisSystem() {
    return OperatingSystem.current().filter(OperatingSystem.WINDOWS::equals).isPresent()
        ? WINDOWS
        : LINUX;
  }
}
