// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import static io.tcptable.internal.platform.Phrase.*;
import static java.util.Map.entry;

import io.tcptable.internal.platform.Phrases;
import java.util.Map;

/** The words of Windows. */
final class WindowsPhrases {

  static final Phrases ALL =
      new Phrases(
          Map.ofEntries(
              entry(SUPERUSER, "administrator"),
              entry(OTHER_USERS_PROCESS, "Only an administrator can stop it and see all of it."),
              entry(RUN_AS_SUPERUSER, "Run it as administrator."),
              entry(COST_OF_SOCKET, "a handle and memory"),
              entry(STOPPED, "All its threads are suspended, usually by a debugger."),
              entry(STOPPED_ALL, "Windows still accepts connections, but no process serves them."),
              entry(
                  HOW_TO_RESUME, "Resume it in Process Explorer, or continue it in the debugger."),
              entry(
                  ANSWERED_FROM_ELSEWHERE,
                  "a port proxy, or a virtual machine such as WSL or a container"),
              entry(
                  OWNER_ELSEWHERE,
                  "The process that Windows names for it has ended: another process may have"
                      + " inherited its handle."),
              entry(OWNER_IN_SYSTEM, ""),
              entry(FIND_OWNER, "Search for the handle with Process Explorer, or restart Windows."),
              entry(HIDDEN_OWNER, "the process that Windows names for it has ended"),
              entry(
                  FREE_FROM_HIDDEN_OWNER,
                  "Search for the handle with Process Explorer, or restart Windows."),
              entry(REFUSED_BY, "by a firewall, or because too many wait to be accepted"),
              entry(
                  UNANSWERED,
                  "Windows does not see the request, or its reply gets lost. Usually a firewall"
                      + " drops it."),
              entry(HALF_CLOSED_ENDS, "after a few minutes"),
              entry(
                  BIND_DENIED,
                  "Another program has the port exclusively (SO_EXCLUSIVEADDRUSE), or Windows"
                      + " keeps it for one of its services."),
              entry(PERMIT_BIND, "Use another port."),
              entry(
                  BIND_EXCLUDED,
                  "No process has the port, but Windows has excluded it, usually for Hyper-V, WSL"
                      + " or Docker. No program can bind it."),
              entry(
                  AVOID_EXCLUDED,
                  "Use another port, or reserve this one after \"net stop winnat\"."),
              entry(BIND_HELD_OUTSIDE, "The system that this one runs in may hold the port."),
              entry(BIND_BESIDE_TIME_WAIT, "Wait a few minutes."),
              entry(
                  NO_LOCAL_PORT,
                  "connect fails with WSAEADDRINUSE. Sockets in TIME_WAIT release their port after"
                      + " a few minutes"),
              entry(ASK_TO_STOP, "send WM_CLOSE or Ctrl-C to"),
              entry(
                  CANNOT_ASK,
                  "no process can be asked to stop: none has a window that could be closed, and no"
                      + " console is only theirs; Ctrl-C is sent to all programs on a console"),
              entry(NOT_DETACHED, ""),
              entry(
                  HELP_STOPPING,
                  """
                  its parents or a process given by --keep.
                  A process with a window gets WM_CLOSE. Processes on a console get Ctrl-C if
                  all processes on that console are to be stopped. After the --grace period
                  they get TerminateProcess. Any other process gets TerminateProcess at once:
                  Windows sends Ctrl-C to all processes on a console.
                  If any owner cannot be identified or stopped, none is stopped. The same holds
                  while another restart of this port by the same user runs.
                  """),
              entry(HELP_AS_IT_WAS, "directory and environment"),
              entry(HELP_SESSION, "on its own console"),
              entry(HELP_INTERRUPTIONS, "interrupted by Ctrl-C (143: its console was closed)"),
              entry(
                  HELP_DROPPING,
                  "Needs an administrator. Windows can reset IPv4 connections only."),
              entry(HELP_STATE_DIRECTORY, "AppData\\Local"),
              entry(
                  HELP_LONG_COMMAND,
                  """
                    tcptable restart 8080 --yes --cwd C:\\srv\\app --env MODE=test `
                        --expect-status 200 -- java -jar app.jar
                  """),
              entry(HELP_NAMESPACES, ""),
              entry(HELP_PIDS, "(tcptable list 3001 --json | ConvertFrom-Json).sockets.owners.pid"),
              entry(
                  HELP_CODES, "(tcptable diagnose 3001 --json | ConvertFrom-Json).findings.code")));

  private WindowsPhrases() {}
}
