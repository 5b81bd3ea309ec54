// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.drop;

import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.program.command.Command;
import io.tcptable.program.command.ExitCode;
import io.tcptable.program.command.SignalGuard;
import io.tcptable.program.terminal.Terminal;
import io.tcptable.restart.DroppedConnection;
import io.tcptable.restart.PortDrop;
import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code tcptable drop}: resets connections of a port without stopping any process. */
public final class DropCommand extends Command {

  private final PositionalParamSpec port = onePort();

  private final OptionSpec states =
      states(
          "Connections in these states, such as fin-wait-2 (default CLOSE_WAIT); can be repeated.");

  private final OptionSpec remote =
      option(
          OptionSpec.builder("--remote")
              .paramLabel("ADDRESS[:PORT]")
              .type(RemoteFilter.class)
              .converters(RemoteFilter::parse)
              .description(
                  "Only connections with this remote address, such as 10.0.0.7 or [::1]:40001."));

  private final OptionSpec dryRun = flag("Show the connections and change nothing.", "--dry-run");

  private final OptionSpec json =
      flag("Print one JSON object (schema tcptable.drop/1); never asks.", "--json");

  private final OptionSpec yes = flag("Do not ask for confirmation.", "-y", "--yes");

  public DropCommand(Terminal terminal) {
    super("drop", terminal);
    spec.usageMessage()
        .header("Reset stuck connections of a port without stopping any process.")
        .customSynopsis("tcptable drop PORT [OPTIONS]")
        .exitCodeList(meanings())
        .footer(DropHelp.text());
  }

  private static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    Map<String, String> acting = ExitCode.ofActing();
    meanings.put("0", "all dropped or closed; with --dry-run: there are some");
    meanings.put("1", "no such connection");
    acting.remove("0");
    acting.put("5", "not all could be dropped; the report shows why");
    meanings.putAll(acting);
    return meanings;
  }

  @Override
  protected int run() throws IOException {
    int number = given(port, Integer.class, "tcptable drop 3001");
    Set<TcpState> wanted = wantedStates(number);
    PortDrop drop = drop(number, wanted);
    List<TcpSocket> planned = drop.plan().stream().sorted(TcpSocket.LISTENERS_FIRST).toList();
    if (planned.isEmpty() || isSet(dryRun)) {
      return show(number, wanted, planned);
    }
    if (!mayRun(planned)) {
      return ExitCode.REFUSED;
    }
    SignalGuard interruption = SignalGuard.ofThisThread(terminal);
    try {
      return report(number, drop.run(planned));
    } finally {
      interruption.over();
    }
  }

  private Set<TcpState> wantedStates(int number) {
    List<TcpState> given = states.getValue();
    if (given == null) {
      return EnumSet.of(TcpState.CLOSE_WAIT);
    }
    if (given.contains(TcpState.LISTEN)) {
      throw misused("drop never touches a listener; to stop its process: tcptable free " + number);
    }
    return EnumSet.copyOf(given);
  }

  private PortDrop drop(int number, Set<TcpState> wanted) {
    PortDrop drop = PortDrop.of(number).states(wanted.toArray(new TcpState[0]));
    RemoteFilter end = remote.getValue();
    return end == null ? drop : end.applyTo(drop);
  }

  private int show(int number, Set<TcpState> wanted, List<TcpSocket> planned) throws IOException {
    if (isSet(json)) {
      DropJson.printPlan(number, planned, terminal.out());
    } else if (planned.isEmpty()) {
      text().printNone(number, wanted, remote.getValue() != null);
    } else {
      text().printPlan(planned);
    }
    return planned.isEmpty() ? ExitCode.NOTHING_FOUND : ExitCode.FOUND;
  }

  private boolean mayRun(List<TcpSocket> planned) throws IOException {
    if (isSet(yes)) {
      return true;
    }
    if (isSet(json) || !terminal.canAsk()) {
      terminal.warn(
          "this would drop "
              + DropText.connections(planned.size())
              + "; no terminal to confirm on; pass --yes, or --dry-run to preview");
      return false;
    }
    text().printPlan(planned);
    if (terminal.asks("Continue?")) {
      return true;
    }
    terminal.warn("nothing was done");
    return false;
  }

  private int report(int number, List<DroppedConnection> outcomes) throws IOException {
    if (isSet(json)) {
      DropJson.print(number, outcomes, terminal.out());
    } else {
      text().print(outcomes);
    }
    terminal.out().flush();
    return code(outcomes);
  }

  private static int code(List<DroppedConnection> outcomes) {
    if (outcomes.stream().allMatch(connection -> connection.outcome().isWell())) {
      return ExitCode.FOUND;
    }
    return outcomes.stream().anyMatch(c -> c.outcome() == DroppedConnection.Outcome.DROPPED)
        ? ExitCode.PARTLY_DONE
        : ExitCode.FAILED;
  }

  private DropText text() {
    return new DropText(terminal, isColoured());
  }
}
