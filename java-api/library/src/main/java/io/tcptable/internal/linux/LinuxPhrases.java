// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import static io.tcptable.internal.platform.Phrase.*;
import static java.util.Map.entry;

import io.tcptable.internal.platform.Phrase;
import io.tcptable.internal.platform.Phrases;
import java.util.EnumMap;
import java.util.Map;

/** The words of Linux. */
final class LinuxPhrases {

  private static final Map<Phrase, String> ALL =
      Map.ofEntries(
          entry(SUPERUSER, "root"),
          entry(OTHER_USERS_PROCESS, "This user can neither stop it nor see all of it."),
          entry(RUN_AS_SUPERUSER, "Run it as root."),
          entry(COST_OF_SOCKET, "a descriptor, until none is left"),
          entry(STOPPED, "A signal (SIGSTOP, or Ctrl-Z in a terminal) has stopped it."),
          entry(STOPPED_ALL, "The kernel still accepts connections, but no process serves them."),
          entry(HOW_TO_RESUME, "Send it SIGCONT."),
          entry(
              ANSWERED_FROM_ELSEWHERE,
              "a redirect of the firewall, or another network namespace such as a container"),
          entry(
              OWNER_ELSEWHERE,
              "No process that can be seen here has it among its descriptors. The kernel itself"
                  + " may hold it, as for its NFS server, for io_uring, or while it is sent"
                  + " over a unix socket. Or the owner is outside of this PID namespace, for"
                  + " example on the host or in a container."),
          entry(
              OWNER_IN_SYSTEM,
              " The kernel itself may also hold it, as for its NFS server, for io_uring, or"
                  + " while it is sent over a unix socket."),
          entry(FIND_OWNER, "Run the diagnosis on the host."),
          entry(HIDDEN_OWNER, "the owner may be in another PID namespace"),
          entry(FREE_FROM_HIDDEN_OWNER, "If a container runs it, restart the container."),
          entry(REFUSED_BY, "by a firewall, or by net.ipv4.tcp_abort_on_overflow"),
          entry(
              UNANSWERED,
              "The accept queue has room, but the kernel does not see the request, or its reply"
                  + " gets lost. Usually a firewall drops it."),
          entry(HALF_CLOSED_ENDS, "after net.ipv4.tcp_fin_timeout"),
          entry(BIND_DENIED, "A security module forbids this user to bind the port."),
          entry(PERMIT_BIND, "Start the server as root, or give it CAP_NET_BIND_SERVICE."),
          entry(BIND_EXCLUDED, "No process has the port, but the kernel lets no program bind it."),
          entry(AVOID_EXCLUDED, "Use another port."),
          entry(
              BIND_HELD_OUTSIDE,
              "In Windows Subsystem for Linux with mirrored networking, a program on the"
                  + " Windows side may hold the port, or Windows has excluded it. No socket of"
                  + " it is seen here."),
          entry(BIND_BESIDE_TIME_WAIT, "Set SO_REUSEADDR in the server, or wait a minute."),
          entry(
              NO_LOCAL_PORT,
              "connect fails with EADDRNOTAVAIL. Sockets in TIME_WAIT release their port after"
                  + " a minute"),
          entry(ASK_TO_STOP, "send SIGTERM to"),
          entry(CANNOT_ASK, "no process can be asked to stop"),
          entry(NOT_DETACHED, "in this terminal's session: setsid is not installed"),
          entry(
              HELP_STOPPING,
              """
                  its parents, PID 1 or a process given by --keep. If systemd, Docker or another
                  supervisor manages the server, nothing is stopped, and the command for that
                  supervisor is printed; --ignore-supervisor stops the server all the same.
                  Each process gets SIGTERM, and after the --grace period SIGKILL.
                  If any owner cannot be identified or stopped, none is stopped. The same holds
                  while another restart of this port by the same user or by root runs.
                  """),
          entry(HELP_AS_IT_WAS, "directory, environment, user, umask, limits and log"),
          entry(HELP_SESSION, "in its own session"),
          entry(HELP_INTERRUPTIONS, "interrupted by Ctrl-C (143: by SIGTERM, 129: by a hangup)"),
          entry(
              HELP_DROPPING,
              "Needs root or CAP_NET_ADMIN, and a kernel with CONFIG_INET_DIAG_DESTROY."),
          entry(HELP_STATE_DIRECTORY, "$XDG_STATE_HOME or ~/.local/state"),
          entry(
              HELP_LONG_COMMAND,
              """
                    tcptable restart 8080 --yes --cwd /srv/app --env MODE=test \\
                        --expect-json '{"status":"healthy"}' -- java -jar app.jar
                  """),
          entry(
              HELP_NAMESPACES,
              """
                  Namespace  where the socket is, if there is more than one: own, its name in
                          ip netns, or the container
                """),
          entry(HELP_PIDS, "tcptable list 3001 --json | jq -r '.sockets[].owners[].pid' | sort -u"),
          entry(HELP_CODES, "tcptable diagnose 3001 --json | jq -r '.findings[].code'"));

  /** In a PID namespace of its own, from which not all processes are seen. */
  static final Phrases IN_CONTAINER = new Phrases(ALL);

  /** Where the kernel shows all processes. */
  static final Phrases ON_HOST = new Phrases(onHost());

  private static Map<Phrase, String> onHost() {
    Map<Phrase, String> texts = new EnumMap<>(ALL);
    texts.put(
        OWNER_ELSEWHERE,
        "No process that can be seen here has it among its descriptors. The kernel itself may hold"
            + " it, as for its NFS server. Or a process holds it without a descriptor: by io_uring,"
            + " by a BPF map, or while it is sent over a unix socket.");
    texts.put(
        FIND_OWNER,
        "ss and lsof look at descriptors too, and tell no more. Look at what is meant to serve this"
            + " port.");
    texts.put(HIDDEN_OWNER, "no process that can be seen here has it among its descriptors");
    texts.put(FREE_FROM_HIDDEN_OWNER, "Stop what is meant to serve this port.");
    return texts;
  }

  private LinuxPhrases() {}
}
