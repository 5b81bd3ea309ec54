// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.restart;

import io.tcptable.internal.wording.DurationText;
import io.tcptable.program.command.Command;
import io.tcptable.program.command.ExitCode;
import io.tcptable.program.command.HealthOptions;
import io.tcptable.program.command.PortArgument;
import io.tcptable.program.foreign.TerminalText;
import io.tcptable.program.terminal.Terminal;
import io.tcptable.restart.PortWait;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code tcptable wait}: waits until a port has a listener, is free, or is healthy. */
public final class WaitCommand extends Command {

  private final PositionalParamSpec port = onePortOrAddress();

  private final OptionSpec listening = flag("Until a process listens on the port.", "--listening");

  private final OptionSpec free =
      flag("Until no process listens on the port and it can be bound.", "--free");

  private final OptionSpec healthy = flag("Until the health check succeeds.", "--healthy");

  private final OptionSpec timeout =
      time("--timeout", "How long to wait, such as 500ms, 5s or 2m (default 30s).");

  private final OptionSpec json = flag("Print one JSON object (schema tcptable.wait/1).", "--json");
  private final HealthOptions health = new HealthOptions(this);

  public WaitCommand(Terminal terminal) {
    super("wait", terminal);
    spec.usageMessage()
        .header("Wait until a port has a listener, is free, or is healthy.")
        .customSynopsis("tcptable wait PORT --listening|--free|--healthy [OPTIONS]")
        .exitCodeList(ExitCode.ofLooking("condition met", "timed out"))
        .footer(RestartHelp.ofWait());
  }

  @Override
  protected int run() throws IOException {
    PortArgument on = given(port, PortArgument.class, "tcptable wait 3001 --listening");
    List<OptionSpec> wanted = Stream.of(listening, free, healthy).filter(Command::isSet).toList();
    if (wanted.size() != 1) {
      throw misused("use exactly one of --listening, --free and --healthy");
    }
    Duration longest = timeout.getValue();
    try {
      PortWait.Result result =
          until(on).timeout(longest == null ? PortWait.DEFAULT_TIMEOUT : longest).run();
      if (isSet(json)) {
        WaitJson.print(on, wanted.get(0).longestName().substring(2), result, terminal.out());
      } else {
        say(result);
      }
      return result.isMet() ? ExitCode.FOUND : ExitCode.NOTHING_FOUND;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      terminal.warn("interrupted");
      return ExitCode.FAILED;
    }
  }

  private PortWait until(PortArgument on) {
    if (isSet(listening)) {
      return on.address()
          .map(PortWait::untilListening)
          .orElseGet(() -> PortWait.untilListening(on.port()));
    }
    return isSet(free)
        ? on.address().map(PortWait::untilFree).orElseGet(() -> PortWait.untilFree(on.port()))
        : PortWait.untilHealthy(health.probe(on));
  }

  private void say(PortWait.Result result) {
    String time = DurationText.of(result.duration());
    if (result.isMet()) {
      terminal.out().println(TerminalText.of(result.detail() + " (after " + time + ")"));
    } else {
      terminal.warn("timed out after " + time + ": " + result.detail());
    }
  }
}
