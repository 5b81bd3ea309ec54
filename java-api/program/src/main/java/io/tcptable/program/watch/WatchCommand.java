// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.watch;

import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.Phrase;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.program.command.Command;
import io.tcptable.program.command.ExitCode;
import io.tcptable.program.command.OtherCommands;
import io.tcptable.program.list.NamespaceChoice;
import io.tcptable.program.list.Selection;
import io.tcptable.program.list.SelectionOptions;
import io.tcptable.program.list.VisibilityWarnings;
import io.tcptable.program.live.LiveWatch;
import io.tcptable.program.terminal.Terminal;
import io.tcptable.watch.TcpEvent;
import io.tcptable.watch.TcpWatch;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.Model.OptionSpec;

/** {@code tcptable watch}: what happens to sockets, as it happens. */
public final class WatchCommand extends Command {

  private final SelectionOptions options = new SelectionOptions(this);

  private final OptionSpec interval =
      time("--interval", "Time between two looks (default 1s, at least 10ms).");

  private final OptionSpec length = time("--for", "End after this time (default: by Ctrl-C).");

  private final OptionSpec json =
      flag("Print one JSON object a line (schema tcptable.event/1).", "--json");

  private final OptionSpec lines =
      flag("Print one line an event, as without a terminal.", "--lines");

  private final OtherCommands commands;

  /**
   * @param commands runs the other commands
   */
  public WatchCommand(Terminal terminal, OtherCommands commands) {
    super("watch", terminal);
    this.commands = commands;
    spec.usageMessage()
        .header("Watch sockets: what comes, goes and changes, as it happens.")
        .customSynopsis("tcptable watch [OPTIONS] [PORT...]")
        .exitCodeList(meanings())
        .footer(WatchHelp.text());
  }

  private static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put("0", "the time of --for is over, or the reader has left");
    ExitCode.addErrors(meanings, "the watch has not begun");
    ExitCode.addUnwritten(meanings);
    meanings.put("130", Platforms.current().phrases().of(Phrase.HELP_INTERRUPTIONS));
    return meanings;
  }

  @Override
  protected int run() {
    Selection selection = options.selection();
    NamespaceChoice namespaces = options.namespaces();
    Duration given = interval.getValue();
    Duration apart = given == null ? TcpWatch.DEFAULT_INTERVAL : given;
    TcpWatch watch = watch(apart);
    TcpTable table = TcpTable.snapshot(options.query());
    VisibilityWarnings warnings = new VisibilityWarnings(terminal);
    if (!warnings.isThere(namespaces, table)) {
      return ExitCode.FAILED;
    }
    Optional<Duration> longest = Optional.ofNullable(length.getValue());
    Predicate<TcpEvent> chosen = event -> selection.includes(event) && namespaces.includes(event);
    if (terminal.isScreen() && !isSet(json) && !isSet(lines)) {
      LiveWatch.Request request =
          new LiveWatch.Request(
              "Each " + selection + ", a look each " + DurationText.of(apart),
              !selection.ports().isEmpty(),
              isColoured(),
              apart,
              longest,
              commands);
      try {
        new LiveWatch(terminal, request)
            .run(
                watch,
                look -> selection.of(look).stream().filter(namespaces::includes).toList(),
                chosen);
        return ExitCode.FOUND;
      } catch (IOException e) {
        terminal.warn("the screen cannot be used, lines follow: " + e.getMessage());
      }
    }
    warnings.warn(table);
    new EventPrinter(terminal, isSet(json), chosen)
        .print(watch, selection.toString(), apart, longest);
    return ExitCode.FOUND;
  }

  private TcpWatch watch(Duration apart) {
    try {
      return TcpWatch.of(options.query()).every(apart);
    } catch (IllegalArgumentException e) {
      throw misused("--interval must be from 10ms to 1 day");
    }
  }
}
