// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.restart;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tcptable.OsProcess;
import io.tcptable.program.json.JsonOutput;
import io.tcptable.restart.Outcome;
import io.tcptable.restart.Refusal;
import io.tcptable.restart.RestartPlan;
import io.tcptable.restart.RestartReport;
import io.tcptable.restart.StepResult;
import io.tcptable.restart.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The answer of {@code restart}, {@code free} and {@code start} with {@code --json}. What is not
 * known or does not apply is absent, never null.
 */
final class RestartJson {

  static final String SCHEMA = "tcptable.restart/1";

  private final JsonGenerator json;

  private RestartJson(JsonGenerator json) {
    this.json = json;
  }

  /** A plan that is not carried out. */
  static void print(String command, RestartPlan plan, PrintStream out) throws IOException {
    try (JsonGenerator json = JsonOutput.to(out)) {
      RestartJson writer = new RestartJson(json);
      writer.begin(command, plan);
      json.writeStringField(
          "outcome", name(plan.obstacle().isPresent() ? Outcome.REFUSED : Outcome.SKIPPED));
      writer.write(plan.obstacle());
      json.writeEndObject();
    }
    out.println();
  }

  /** A plan and what came of it. */
  static void print(String command, RestartPlan plan, RestartReport report, PrintStream out)
      throws IOException {
    try (JsonGenerator json = JsonOutput.to(out)) {
      RestartJson writer = new RestartJson(json);
      writer.begin(command, plan);
      json.writeStringField("outcome", name(report.outcome()));
      writer.write(report.obstacle());
      writer.write(report);
      json.writeEndObject();
    }
    out.println();
  }

  private void begin(String command, RestartPlan plan) throws IOException {
    json.writeStartObject();
    json.writeStringField("schema", SCHEMA);
    json.writeStringField("command", command);
    json.writeNumberField("port", plan.port());
    json.writeArrayFieldStart("targets");
    for (Target target : plan.targets()) {
      json.writeStartObject();
      identity(target.process());
      json.writeStringField("role", name(target.role()));
      json.writeStringField("why", target.why());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("plan");
    for (RestartPlan.PlannedStep step : plan.steps()) {
      json.writeStartObject();
      json.writeStringField("step", name(step.step()));
      json.writeStringField("what", step.what());
      json.writeEndObject();
    }
    json.writeEndArray();
    texts("notes", plan.notes());
  }

  private void write(Optional<Refusal> obstacle) throws IOException {
    if (obstacle.isPresent()) {
      json.writeObjectFieldStart("obstacle");
      json.writeStringField("kind", obstacle.get().kind().name());
      json.writeStringField("message", obstacle.get().message());
      texts("advice", obstacle.get().advice());
      json.writeEndObject();
    }
  }

  private void write(RestartReport report) throws IOException {
    json.writeArrayFieldStart("steps");
    for (StepResult step : report.steps()) {
      json.writeStartObject();
      json.writeStringField("step", name(step.step()));
      json.writeStringField("outcome", name(step.outcome()));
      json.writeNumberField("millis", step.duration().toMillis());
      json.writeStringField("detail", step.detail());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("stopped");
    for (OsProcess owner : report.stopped()) {
      json.writeStartObject();
      identity(owner);
      json.writeEndObject();
    }
    json.writeEndArray();
    if (report.started().isPresent()) {
      write(report.started().get());
    }
    texts("situation", report.situation());
  }

  private void write(RestartReport.Started started) throws IOException {
    json.writeObjectFieldStart("started");
    json.writeNumberField("pid", started.pid());
    texts("command", started.command());
    json.writeStringField("log", started.log().toString());
    json.writeBooleanField("detached", started.isDetached());
    if (started.exitCode().isPresent()) {
      json.writeNumberField("exitCode", started.exitCode().getAsInt());
    }
    texts("lastLines", started.lastLines());
    json.writeEndObject();
  }

  private void identity(OsProcess owner) throws IOException {
    json.writeNumberField("pid", owner.pid());
    json.writeStringField("startedAt", JsonOutput.text(owner.startedAt()));
    json.writeStringField("name", owner.name());
  }

  private void texts(String field, List<String> texts) throws IOException {
    json.writeArrayFieldStart(field);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
