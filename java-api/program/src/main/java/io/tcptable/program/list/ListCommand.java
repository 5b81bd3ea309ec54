// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import io.tcptable.TcpSocket;
import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
import io.tcptable.program.command.Command;
import io.tcptable.program.command.ExitCode;
import io.tcptable.program.terminal.Terminal;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** {@code tcptable list}: the sockets and their owners. */
public final class ListCommand extends Command {

  private final SelectionOptions options = new SelectionOptions(this);

  private final OptionSpec detail =
      flag(
          "Also show round-trip time, retransmits, time since data was last received and sent, and the timer.",
          "--detail");

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

  @Override
  protected int run() throws IOException {
    if (isSet(json) && isSet(csv)) {
      throw misused("--json and --csv cannot be combined; choose one");
    }
    Selection selection = options.selection();
    NamespaceChoice choice = options.namespaces();
    VisibilityWarnings warnings = new VisibilityWarnings(terminal);
    TcpTable table =
        TcpTable.snapshot(isSet(detail) ? options.query().withDetail() : options.query());
    if (!warnings.isThere(choice, table)) {
      return ExitCode.FAILED;
    }
    List<TcpSocket> sockets = selection.of(table).stream().filter(choice::includes).toList();
    if (isSet(json)) {
      ListJson.print(table, sockets, terminal.out());
    } else if (isSet(csv)) {
      SocketCsv.print(sockets, terminal.out());
    } else if (sockets.isEmpty()) {
      terminal.out().println("No " + selection + ".");
      Platforms.current().notSeenFromHere().ifPresent(terminal.out()::println);
    } else {
      print(sockets);
    }
    warnings.warn(table);
    if (options.withOwners()) {
      warnings.warnOfUnknown(table, sockets);
    }
    return judge(table, sockets, selection.pids());
  }

  private void print(List<TcpSocket> sockets) {
    boolean coloured = isColoured();
    new SocketTable(terminal, options.withOwners(), isSet(detail)).print(sockets, coloured);
    StateSummary.print(sockets, terminal.width(), coloured, terminal.out());
  }

  /** Nothing found in what could be seen may yet be there. */
  private static int judge(TcpTable table, List<TcpSocket> sockets, List<Integer> wantedPids) {
    if (!sockets.isEmpty()) {
      return ExitCode.FOUND;
    }
    return !wantedPids.isEmpty()
            && (table.hasHiddenProcesses()
                || (table.unreadableProcesses() > 0 && isAnyAlive(wantedPids)))
        ? ExitCode.FAILED
        : ExitCode.NOTHING_FOUND;
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
