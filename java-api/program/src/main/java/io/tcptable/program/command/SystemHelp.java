// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.command;

import io.tcptable.OperatingSystem;

/**
 * What helps say in other words on each operating system.
 *
 * @param stopping who is never stopped, and how the others are, in lines
 * @param session where a server that is started runs
 * @param interruptions the exit code 130 and those like it
 * @param dropping what it takes to drop a connection
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
          what it was started from, PID 1, or what is to be kept. If systemd, Docker or
          another supervisor runs the server, nothing is stopped and its command is named.
          They are asked to end (SIGTERM), given --grace, killed (SIGKILL) and waited for.
          If one may not be stopped, or it cannot be seen who is on the port, none is.
          Nor is one while a restart of the same port by the same user or root is under way.
          """,
          "in a session of its own, and outlives this program.",
          "ended by Ctrl-C, 143 by SIGTERM, 129 by a hangup",
          "It takes root or CAP_NET_ADMIN, and a kernel with CONFIG_INET_DIAG_DESTROY.",
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
          what it was started from, or what is to be kept. Those with a window are asked
          to close it (WM_CLOSE) and given --grace. A program without one gets no polite
          request: Ctrl-C is sent only from a program's own console, to everybody on it.
          Whoever is left is ended (TerminateProcess) and waited for.
          If one may not be stopped, or it cannot be seen who is on the port, none is.
          Nor is one while a restart of the same port by the same user is under way.
          """,
          "on this console if there is one, and outlives this program.",
          "ended by Ctrl-C, 143 by the end of its console",
          "It takes an administrator, and Windows offers it for IPv4 only.",
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
