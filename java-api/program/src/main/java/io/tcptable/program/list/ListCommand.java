// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.Phrase;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.platform.Right;
import io.tcptable.internal.wording.Quantities;
import io.tcptable.program.command.Arguments;
import io.tcptable.program.command.Command;
import io.tcptable.program.command.ExitCode;
import io.tcptable.program.command.PortArgument;
import io.tcptable.program.terminal.Terminal;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code tcptable list}: the sockets and their owners. */
public final class ListCommand extends Command {

  private final PositionalParamSpec ports = ports();

  private final OptionSpec listen = flag("Only listeners, as --state LISTEN.", "-l", "--listen");

  private final OptionSpec states =
      states("Only these states, such as close_wait,fin-wait-2; can be repeated.");

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
          "Also show round-trip time, retransmits, time since data was last received and sent, and the timer.",
          "--detail");

  private final OptionSpec noOwners =
      flag("Do not look for owners; much faster on a busy host.", "--no-owners");

  private final OptionSpec allNamespaces =
      option(
          OptionSpec.builder("--all-namespaces")
              .type(boolean.class)
              .hidden(!hasNamespaces())
              .description(
                  "Sockets of all network namespaces that can be seen, such as those of containers."));

  private final OptionSpec namespace =
      option(
          OptionSpec.builder("--namespace")
              .paramLabel("NAME|PID|CONTAINER")
              .type(String.class)
              .hidden(!hasNamespaces())
              .description(
                  "Only sockets of one network namespace: its name in ip netns, a PID in it, or a"
                      + " container by name or ID."));

  private final OptionSpec json = flag("Print one JSON object (schema tcptable.list/1).", "--json");

  private final OptionSpec csv = flag("Print CSV (RFC 4180) with a header.", "--csv");

  public ListCommand(Terminal terminal) {
    super("list", terminal);
    flag(
        "Accepted for compatibility with ss and netstat: addresses and ports are always numeric.",
        "-n",
        "--numeric");
    spec.usageMessage()
        .header("List TCP sockets, their states and their owners.")
        .customSynopsis("tcptable list [OPTIONS] [PORT...]")
        .exitCodeList(ExitCode.ofLooking("found", "nothing found"))
        .footer(ListHelp.text());
  }

  private static boolean hasNamespaces() {
    return !Platforms.current().phrases().of(Phrase.HELP_NAMESPACES).isEmpty();
  }

  private PositionalParamSpec ports() {
    PositionalParamSpec ports =
        PositionalParamSpec.builder()
            .paramLabel("PORT")
            .index("0..*")
            .arity("1")
            .required(false)
            .type(List.class)
            .auxiliaryTypes(PortArgument.class)
            .converters(Arguments::portOrAddress)
            .description(
                "Only sockets with this local port (default: all), or of this address of it, such"
                    + " as 127.0.0.1:3001.")
            .build();
    spec.addPositional(ports);
    return ports;
  }

  @Override
  protected int run() throws IOException {
    if (isSet(json) && isSet(csv)) {
      throw misused("--json and --csv cannot be combined; choose one");
    }
    Selection selection = selection();
    if (isSet(noOwners) && !selection.pids().isEmpty()) {
      throw misused("--pid needs the owners; remove --no-owners");
    }
    if (isSet(allNamespaces) && namespace.getValue() != null) {
      throw misused("--all-namespaces and --namespace cannot be combined; choose one");
    }
    NamespaceChoice choice =
        new NamespaceChoice(isSet(allNamespaces), Optional.ofNullable(namespace.getValue()));
    TcpTable table = TcpTable.snapshot(choice.of(query(selection)));
    if (choice.isOfOthers() && table.namespaces().stream().noneMatch(choice::includes)) {
      terminal.warn(
          "no network namespace or container that this user may see is called '"
              + choice.name().orElse("")
              + "'; run 'tcptable list --all-namespaces' to see them");
      return ExitCode.FAILED;
    }
    List<TcpSocket> sockets = selection.of(table).stream().filter(choice::includes).toList();
    if (isSet(json)) {
      ListJson.print(table, sockets, terminal.out());
    } else if (isSet(csv)) {
      SocketCsv.print(sockets, terminal.out());
    } else if (sockets.isEmpty()) {
      terminal.out().println("No " + selection + ".");
    } else {
      print(sockets);
    }
    warnOfNamespaces(table);
    return judge(table, sockets, selection.pids());
  }

  private void warnOfNamespaces(TcpTable table) {
    if (table.unseenNamespaces() > 0) {
      terminal.warn(
          "could not look into "
              + Quantities.count(table.unseenNamespaces(), "network namespace")
              + "; "
              + toSeeAll());
    }
    if (table.unplacedProcesses() > 0) {
      terminal.warn(
          "could not see the network namespace of "
              + Quantities.count(table.unplacedProcesses(), "process")
              + "; "
              + toSeeAll());
    }
  }

  private Selection selection() {
    List<TcpState> wantedStates = new ArrayList<>(orNone(states.getValue()));
    if (isSet(listen) && !wantedStates.contains(TcpState.LISTEN)) {
      wantedStates.add(TcpState.LISTEN);
    }
    return new Selection(
        orNone(ports.getValue()),
        wantedStates,
        Optional.ofNullable(family.getValue()),
        orNone(pids.getValue()));
  }

  private static <T> List<T> orNone(@Nullable List<T> values) {
    return values == null ? List.of() : values;
  }

  private TcpQuery query(Selection selection) {
    TcpQuery query = isSet(noOwners) ? selection.query().withoutOwners() : selection.query();
    return isSet(detail) ? query.withDetail() : query;
  }

  private void print(List<TcpSocket> sockets) {
    boolean coloured = isColoured();
    new SocketTable(terminal, !isSet(noOwners), isSet(detail)).print(sockets, coloured);
    StateSummary.print(sockets, terminal.width(), coloured, terminal.out());
  }

  /** Says what the answer lacks; nothing found in what could be seen may yet be there. */
  private int judge(TcpTable table, List<TcpSocket> sockets, List<Integer> wantedPids) {
    int unreadable = table.unreadableProcesses();
    if (unreadable > 0) {
      terminal.warn(
          "could not look into " + Quantities.count(unreadable, "process") + "; " + toSeeAll());
    }
    if (table.hasHiddenProcesses()) {
      terminal.warn("processes of other users are hidden here (hidepid in proc(5)); " + toSeeAll());
    }
    if (!sockets.isEmpty()) {
      return ExitCode.FOUND;
    }
    return !wantedPids.isEmpty()
            && (table.hasHiddenProcesses() || (unreadable > 0 && isAnyAlive(wantedPids)))
        ? ExitCode.FAILED
        : ExitCode.NOTHING_FOUND;
  }

  private static String toSeeAll() {
    Platform system = Platforms.current();
    return system
        .restriction(Right.SEE_PROCESSES)
        .map(it -> it.reason() + ": " + it.remedy())
        .orElseGet(() -> "run as " + system.phrases().of(Phrase.SUPERUSER) + " to see all owners");
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
