// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.diagnose;

import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.health.HealthProbe;
import io.tcptable.program.command.Command;
import io.tcptable.program.command.ExitCode;
import io.tcptable.program.command.HealthOptions;
import io.tcptable.program.command.PortArgument;
import io.tcptable.program.foreign.Secrets;
import io.tcptable.program.terminal.Terminal;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code tcptable diagnose}: why a port does not answer, and what to do. */
public final class DiagnoseCommand extends Command {

  private final PositionalParamSpec port = onePortOrAddress();

  private final HealthOptions health = new HealthOptions(this);

  private final OptionSpec noProbe =
      flag(
          "Leave the health check out: nothing is sent to the server, no connection is made.",
          "--no-probe");

  private final OptionSpec deadline =
      time("--deadline", "How long the health check may take, such as 500ms (default 5s).");

  private final OptionSpec slow = time("--slow", "Report answers slower than this (default 2s).");

  private final OptionSpec threads =
      flag("Also print thread dumps of owners that are JVMs.", "--threads");

  private final OptionSpec json =
      flag("Print one JSON object (schema tcptable.diagnosis/2).", "--json");

  private final OptionSpec markdown =
      flag("Print Markdown for a ticket, with secrets masked.", "--markdown");

  private final OptionSpec showSecrets = flag("With --markdown: mask nothing.", "--show-secrets");

  public DiagnoseCommand(Terminal terminal) {
    super("diagnose", terminal);
    spec.usageMessage()
        .header("Explain why a port does not answer, and what to do.")
        .customSynopsis("tcptable diagnose PORT [OPTIONS]")
        .exitCodeList(VerdictCode.meanings())
        .footer(DiagnoseHelp.text());
  }

  @Override
  protected int run() throws IOException {
    PortArgument on = given(port, PortArgument.class, "tcptable diagnose 3001");
    if (isSet(json) && isSet(markdown)) {
      throw misused("--json and --markdown cannot be combined; choose one");
    }
    if (isSet(showSecrets) && !isSet(markdown)) {
      throw misused("--show-secrets is for --markdown; the other outputs mask no command line");
    }
    if (isSet(noProbe)
        && (health.isGiven() || deadline.getValue() != null || slow.getValue() != null)) {
      throw misused("--no-probe leaves the health check out; give no option of the health check");
    }
    PortDiagnosis.Request request =
        on.address().map(PortDiagnosis::request).orElseGet(() -> PortDiagnosis.request(on.port()));
    HealthProbe probe = probe(on);
    request = isSet(noProbe) ? request.withoutHealthCheck() : request.health(probe);
    try {
      return print((isSet(threads) ? request.threadDumps() : request).run());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      terminal.warn("interrupted");
      return ExitCode.FAILED;
    }
  }

  private int print(PortDiagnosis diagnosis) throws IOException {
    if (isSet(json)) {
      DiagnosisJson.print(diagnosis, terminal.out());
    } else if (isSet(markdown)) {
      new DiagnosisMarkdown(terminal.out(), Secrets.of(isSet(showSecrets))).print(diagnosis);
    } else {
      new DiagnosisText(terminal, isColoured()).print(diagnosis);
    }
    return VerdictCode.of(diagnosis.verdict());
  }

  private HealthProbe probe(PortArgument on) {
    HealthProbe probe = health.probe(on);
    Duration time = deadline.getValue();
    if (time != null) {
      probe = probe.deadline(time);
    }
    Duration late = slow.getValue();
    return late == null ? probe : probe.slowAfter(late);
  }
}
