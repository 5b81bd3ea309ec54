// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.restart;

import io.tcptable.program.command.Command;
import io.tcptable.program.command.ExitCode;
import io.tcptable.program.command.PortArgument;
import io.tcptable.program.command.SignalGuard;
import io.tcptable.program.terminal.Terminal;
import io.tcptable.restart.PortRestart;
import io.tcptable.restart.RestartPlan;
import io.tcptable.restart.RestartReport;
import java.io.IOException;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What restart, free and start have in common: the plan, the question, the run, the report. */
abstract class PlannedCommand extends Command {

  private final PositionalParamSpec port = onePortOrAddress();

  private final OptionSpec dryRun = flag("Show the plan and change nothing.", "--dry-run");

  private final OptionSpec json =
      flag("Print one JSON object (schema tcptable.restart/1); never asks.", "--json");

  PlannedCommand(String name, Terminal terminal) {
    super(name, terminal);
    spec.usageMessage().exitCodeList(ExitCode.ofActing());
  }

  /** A command line that would do. */
  abstract String example();

  /** What is to be done, as the arguments say. */
  abstract PortRestart restart(PortArgument on);

  /** Whether no confirmation is needed. */
  abstract boolean isApproved();

  @Override
  protected final int run() throws IOException {
    PortRestart asked = restart(given(port, PortArgument.class, example()));
    try (RestartProgress progress = new RestartProgress(terminal, isColoured(), !isSet(json))) {
      PortRestart restart = asked.listener(progress);
      RestartPlan plan = restart.plan();
      if (isSet(dryRun) || plan.refusal().isPresent()) {
        return show(plan);
      }
      return mayRun(plan) ? run(restart, plan) : ExitCode.REFUSED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      terminal.warn("interrupted; nothing was done");
      return ExitCode.REFUSED;
    }
  }

  private int show(RestartPlan plan) throws IOException {
    if (isSet(json)) {
      RestartJson.print(spec.name(), plan, terminal.out());
    } else {
      new RestartText(terminal).print(plan);
    }
    return plan.refusal().map(RestartCode::ofRefusal).orElse(ExitCode.FOUND);
  }

  private boolean mayRun(RestartPlan plan) throws IOException {
    if (plan.targets().isEmpty()) {
      return true;
    }
    if (isApproved()) {
      // The plan, which says so, is not shown.
      plan.userChange().ifPresent(change -> terminal.warn(RestartText.text(change)));
      return true;
    }
    if (isSet(json) || !terminal.canAsk()) {
      terminal.warn(
          "this would stop "
              + plan.targets().stream()
                  .map(target -> target.process().toString())
                  .collect(Collectors.joining(", "))
              + "; no terminal to confirm on; pass --yes, or --dry-run to preview");
      return false;
    }
    new RestartText(terminal).print(plan);
    if (terminal.asks("Continue?")) {
      return true;
    }
    terminal.warn("nothing was done");
    return false;
  }

  private int run(PortRestart restart, RestartPlan plan) throws IOException {
    SignalGuard interruption = SignalGuard.ofThisThread(terminal);
    try {
      RestartReport report = restart.run(plan);
      if (isSet(json)) {
        RestartJson.print(spec.name(), plan, report, terminal.out());
      } else {
        new RestartText(terminal).print(report);
      }
      terminal.out().flush();
      return RestartCode.of(report.outcome(), report.refusal());
    } finally {
      interruption.over();
    }
  }
}
