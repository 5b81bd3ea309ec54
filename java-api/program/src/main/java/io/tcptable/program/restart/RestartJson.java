// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.restart;

import io.tcptable.ListenAddress;
import io.tcptable.internal.json.Fields;
import io.tcptable.program.command.AdviceText;
import io.tcptable.program.json.JsonOutput;
import io.tcptable.program.json.ProcessJson;
import io.tcptable.restart.Outcome;
import io.tcptable.restart.PlannedLaunch;
import io.tcptable.restart.Refusal;
import io.tcptable.restart.RestartPlan;
import io.tcptable.restart.RestartReport;
import io.tcptable.restart.StepResult;
import io.tcptable.restart.Target;
import java.io.IOException;
import java.io.PrintStream;

/**
 * The answer of {@code restart}, {@code free} and {@code start} with {@code --json}. What is not
 * known or does not apply is absent, never null.
 */
final class RestartJson {

  static final String SCHEMA = "tcptable.restart/1";

  private RestartJson() {}

  /** A plan that is not carried out. */
  static void print(String command, RestartPlan plan, PrintStream out) throws IOException {
    JsonOutput.print(
        out,
        SCHEMA,
        plan,
        (json, it) -> {
          write(json, command, it);
          json.lowerCase("outcome", it.refusal().isPresent() ? Outcome.REFUSED : Outcome.SKIPPED)
              .optional("obstacle", it.refusal(), RestartJson::write);
        });
  }

  /** A plan and its result. */
  static void print(String command, RestartPlan plan, RestartReport report, PrintStream out)
      throws IOException {
    JsonOutput.print(
        out,
        SCHEMA,
        report,
        (json, it) -> {
          write(json, command, plan);
          json.lowerCase("outcome", it.outcome())
              .optional("obstacle", it.refusal(), RestartJson::write)
              .list("steps", it.steps(), RestartJson::write)
              .list("stopped", it.stopped(), ProcessJson::writeIdentity)
              .optional("started", it.started(), RestartJson::write)
              .texts("situation", it.situation());
        });
  }

  private static void write(Fields json, String command, RestartPlan plan) throws IOException {
    json.text("command", command)
        .number("port", plan.port())
        .text("address", plan.address().map(ListenAddress::toString))
        .list("targets", plan.targets(), RestartJson::write)
        .list("plan", plan.steps(), RestartJson::write)
        .optional("userChange", plan.userChange(), RestartJson::write)
        .optional("launch", plan.launch(), RestartJson::write)
        .texts("notes", plan.notes());
  }

  private static void write(Fields json, Target target) throws IOException {
    ProcessJson.writeIdentity(json, target.process());
    json.text("user", target.user())
        .lowerCase("role", target.role())
        .text("why", target.why())
        .object("portRole", target.portRole(), Fields::role);
  }

  private static void write(Fields json, RestartPlan.PlannedStep step) throws IOException {
    json.lowerCase("step", step.step()).text("what", step.what());
  }

  private static void write(Fields json, RestartPlan.UserChange change) throws IOException {
    json.text("from", change.from()).text("to", change.to());
  }

  private static void write(Fields json, PlannedLaunch launch) throws IOException {
    json.object("process", launch.process(), ProcessJson::writeIdentity)
        .texts("command", launch.command())
        .text("directory", launch.directory().toString())
        .text("output", launch.output().toString())
        .text("error", launch.error().toString())
        .text("user", launch.user())
        .texts("variables", launch.variables())
        .list("differences", launch.differences(), RestartJson::write)
        .texts("notKept", launch.notKept());
  }

  private static void write(Fields json, PlannedLaunch.Difference difference) throws IOException {
    json.lowerCase("kind", difference.kind()).text("text", difference.text());
  }

  private static void write(Fields json, Refusal refusal) throws IOException {
    json.name("kind", refusal.kind())
        .text("message", refusal.message())
        .texts("advice", refusal.advice().stream().map(it -> AdviceText.of(it).text()).toList());
  }

  private static void write(Fields json, StepResult step) throws IOException {
    json.lowerCase("step", step.step())
        .lowerCase("outcome", step.outcome())
        .number("millis", step.duration().toMillis())
        .text("detail", step.detail());
  }

  private static void write(Fields json, RestartReport.Started started) throws IOException {
    json.number("pid", started.pid())
        .texts("command", started.command())
        .text("log", started.log().toString())
        .flag("detached", started.isDetached())
        .number("exitCode", started.exitCode())
        .texts("lastLines", started.lastLines());
  }
}
