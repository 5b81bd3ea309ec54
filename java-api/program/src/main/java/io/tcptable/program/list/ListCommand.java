// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import io.tcptable.OsProcess;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.diagnose.SystemWords;
import io.tcptable.program.command.Arguments;
import io.tcptable.program.command.Command;
import io.tcptable.program.command.ExitCode;
import io.tcptable.program.terminal.Terminal;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code tcptable list}: which sockets there are, and who owns them. */
public final class ListCommand extends Command {

  private final PositionalParamSpec ports = ports();

  private final OptionSpec listen =
      flag("Only listeners; same as --state LISTEN.", "-l", "--listen");

  private final OptionSpec states =
      option(
          OptionSpec.builder("--state")
              .paramLabel("STATE")
              .type(List.class)
              .auxiliaryTypes(TcpState.class)
              .converters(Arguments::state)
              .splitRegex(",")
              .description(
                  "Only these states, such as close_wait,fin-wait-2; may be given several times."));

  private final OptionSpec pids =
      option(
          OptionSpec.builder("--pid")
              .paramLabel("PID")
              .type(List.class)
              .auxiliaryTypes(Integer.class)
              .converters(Arguments::pid)
              .splitRegex(",")
              .description("Only sockets owned by these processes."));

  private final OptionSpec family =
      option(
          OptionSpec.builder("--family")
              .paramLabel("4|6")
              .type(StandardProtocolFamily.class)
              .converters(Arguments::family)
              .description("Only IPv4 or only IPv6 sockets."));

  private final OptionSpec detail =
      flag(
          "Also round-trip time, retransmits, time since data was last received and sent, timer.",
          "--detail");

  private final OptionSpec noOwners =
      flag("Do not look for owners, which takes most of the time.", "--no-owners");

  private final OptionSpec json = flag("Print one JSON object, schema tcptable.list/1.", "--json");

  private final OptionSpec csv = flag("Print CSV (RFC 4180) with a header.", "--csv");

  public ListCommand(Terminal terminal) {
    super("list", terminal);
    flag(
        "Addresses and ports are always numbers, never looked up; accepted out of habit.",
        "-n",
        "--numeric");
    spec.usageMessage()
        .header("List TCP sockets, their states and who owns them.")
        .customSynopsis("tcptable list [OPTIONS] [PORT...]")
        .footer(ListHelp.text());
  }

  private PositionalParamSpec ports() {
    PositionalParamSpec ports =
        PositionalParamSpec.builder()
            .paramLabel("PORT")
            .index("0..*")
            .arity("1")
            .required(false)
            .type(List.class)
            .auxiliaryTypes(Integer.class)
            .converters(Arguments::port)
            .description(
                "Only sockets with this local port, as 3001 or :3001. All if none is given.")
            .build();
    spec.addPositional(ports);
    return ports;
  }

  @Override
  protected int run() throws IOException {
    if (isSet(json) && isSet(csv)) {
      throw misused("--json and --csv exclude each other: choose one");
    }
    List<Integer> wantedPids = pids.getValue();
    if (isSet(noOwners) && wantedPids != null) {
      throw misused("--pid needs the owners: leave out --no-owners");
    }
    TcpTable table = TcpTable.snapshot(query());
    List<TcpSocket> sockets = chosen(table, wantedPids);
    if (isSet(json)) {
      ListJson.print(table, sockets, terminal.out());
    } else if (isSet(csv)) {
      SocketCsv.print(sockets, terminal.out());
    } else {
      print(sockets);
    }
    return judge(table, sockets, wantedPids);
  }

  private TcpQuery query() {
    TcpQuery query = TcpQuery.all();
    List<Integer> wantedPorts = ports.getValue();
    if (wantedPorts != null) {
      query = query.localPorts(wantedPorts.stream().mapToInt(Integer::intValue).toArray());
    }
    List<TcpState> wantedStates = states.getValue();
    if (isSet(listen) || wantedStates != null) {
      List<TcpState> all = new ArrayList<>(wantedStates == null ? List.of() : wantedStates);
      if (isSet(listen)) {
        all.add(TcpState.LISTEN);
      }
      query = query.states(all.toArray(new TcpState[0]));
    }
    StandardProtocolFamily wantedFamily = family.getValue();
    if (wantedFamily != null) {
      query = query.family(wantedFamily);
    }
    if (isSet(noOwners)) {
      query = query.withoutOwners();
    }
    return isSet(detail) ? query.withDetail() : query;
  }

  private static List<TcpSocket> chosen(TcpTable table, @Nullable List<Integer> pids) {
    List<TcpSocket> sockets = new ArrayList<>(table.size());
    for (int i = 0; i < table.size(); i++) {
      TcpSocket socket = table.get(i);
      if (pids == null || isOwnedByOneOf(pids, socket)) {
        sockets.add(socket);
      }
    }
    sockets.sort(new SocketOrder());
    return sockets;
  }

  private static boolean isOwnedByOneOf(List<Integer> pids, TcpSocket socket) {
    for (OsProcess owner : socket.owners()) {
      if (pids.contains((int) owner.pid())) {
        return true;
      }
    }
    return false;
  }

  private void print(List<TcpSocket> sockets) {
    if (sockets.isEmpty()) {
      terminal.out().println("No such TCP socket.");
      return;
    }
    boolean coloured = isColoured();
    new SocketTable(terminal, !isSet(noOwners), isSet(detail)).print(sockets, coloured);
    StateSummary.print(sockets, terminal.width(), coloured, terminal.out());
  }

  /** Says what the answer lacks; nothing found in what could be seen may yet be there. */
  private int judge(TcpTable table, List<TcpSocket> sockets, @Nullable List<Integer> wantedPids) {
    int unreadable = table.unreadableProcesses();
    String superuser = SystemWords.ofThisSystem().superuser();
    if (unreadable > 0) {
      terminal.warn(
          "could not look into "
              + (unreadable == 1 ? "1 process" : unreadable + " processes")
              + (isSuperuser(superuser)
                  ? ", not even as " + superuser
                  : "; run as " + superuser + " to see all owners"));
    }
    if (table.hasHiddenProcesses()) {
      terminal.warn(
          "processes of other users are hidden here (hidepid in proc(5));"
              + " run as "
              + superuser
              + " to see all owners");
    }
    if (!sockets.isEmpty()) {
      return ExitCode.FOUND;
    }
    return wantedPids != null
            && (table.hasHiddenProcesses() || (unreadable > 0 && isAnyAlive(wantedPids)))
        ? ExitCode.FAILED
        : ExitCode.NOTHING_FOUND;
  }

  private static boolean isSuperuser(String superuser) {
    return superuser.equals(System.getProperty("user.name"));
  }

  private static boolean isAnyAlive(List<Integer> pids) {
    for (int pid : pids) {
      if (ProcessHandle.of(pid).isPresent()) {
        return true;
      }
    }
    return false;
  }
}
