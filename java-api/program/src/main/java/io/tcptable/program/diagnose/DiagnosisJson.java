// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.diagnose;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tcptable.TcpSocket;
import io.tcptable.diagnose.Advice;
import io.tcptable.diagnose.Finding;
import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.diagnose.ProcessEvidence;
import io.tcptable.health.HealthResult;
import io.tcptable.program.command.AdviceText;
import io.tcptable.program.json.JsonOutput;
import io.tcptable.program.json.ProcessJson;
import io.tcptable.program.json.SocketJson;
import io.tcptable.program.list.SocketOrder;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The answer of {@code diagnose --json}. What is not known is absent, never null and never 0. */
final class DiagnosisJson {

  static final String SCHEMA = "tcptable.diagnosis/2";

  private final JsonGenerator json;

  private DiagnosisJson(JsonGenerator json) {
    this.json = json;
  }

  static void print(PortDiagnosis diagnosis, PrintStream out) throws IOException {
    try (JsonGenerator json = JsonOutput.to(out)) {
      new DiagnosisJson(json).write(diagnosis);
    }
    out.println();
  }

  private void write(PortDiagnosis diagnosis) throws IOException {
    json.writeStartObject();
    json.writeStringField("schema", SCHEMA);
    json.writeNumberField("port", diagnosis.port());
    json.writeStringField("takenAt", JsonOutput.text(diagnosis.table().takenAt()));
    json.writeStringField("verdict", diagnosis.verdict().name());
    json.writeStringField("headline", diagnosis.headline());
    json.writeNumberField("watchedMillis", diagnosis.watched().toMillis());
    json.writeStringField("binding", diagnosis.table().takenBy().name());
    json.writeNumberField("unreadableProcesses", diagnosis.table().unreadableProcesses());
    json.writeBooleanField("hasHiddenProcesses", diagnosis.table().hasHiddenProcesses());
    json.writeArrayFieldStart("findings");
    for (Finding finding : diagnosis.findings()) {
      write(finding);
    }
    json.writeEndArray();
    json.writeFieldName("health");
    write(diagnosis.health());
    json.writeArrayFieldStart("processes");
    ProcessJson processes = new ProcessJson(json);
    for (ProcessEvidence owner : diagnosis.owners()) {
      processes.writeOwner(owner);
    }
    for (ProcessEvidence ancestor : diagnosis.ancestors()) {
      processes.writeAncestor(ancestor);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("sockets");
    SocketJson sockets = new SocketJson(json);
    List<TcpSocket> ordered = new ArrayList<>(diagnosis.table().stream().toList());
    ordered.sort(new SocketOrder());
    for (TcpSocket socket : ordered) {
      sockets.write(socket);
    }
    json.writeEndArray();
    writeThreads(diagnosis.threadDumps());
    json.writeEndObject();
  }

  private void write(Finding finding) throws IOException {
    json.writeStartObject();
    json.writeStringField("code", finding.code().name());
    json.writeStringField("severity", finding.severity().name().toLowerCase(Locale.ROOT));
    json.writeStringField("confidence", finding.confidence().name().toLowerCase(Locale.ROOT));
    json.writeArrayFieldStart("pids");
    for (long pid : finding.pids()) {
      json.writeNumber(pid);
    }
    json.writeEndArray();
    json.writeStringField("seen", finding.seen());
    json.writeObjectFieldStart("evidence");
    for (Map.Entry<String, Object> figure : finding.evidence().entrySet()) {
      if (figure.getValue() instanceof Number number) {
        json.writeNumberField(figure.getKey(), number.longValue());
      } else {
        json.writeStringField(figure.getKey(), figure.getValue().toString());
      }
    }
    json.writeEndObject();
    json.writeStringField("meaning", finding.meaning());
    json.writeArrayFieldStart("advice");
    for (Advice advice : finding.advice()) {
      AdviceText text = AdviceText.of(advice);
      json.writeStartObject();
      json.writeStringField("kind", text.kind());
      json.writeStringField("text", text.text());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void write(HealthResult health) throws IOException {
    json.writeStartObject();
    json.writeStringField("url", health.url().toString());
    json.writeBooleanField("assumed", health.assumed());
    json.writeStringField("outcome", health.outcome().name());
    json.writeStringField("detail", health.detail());
    json.writeArrayFieldStart("attempts");
    for (HealthResult.Attempt attempt : health.attempts()) {
      write(attempt);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void write(HealthResult.Attempt attempt) throws IOException {
    json.writeStartObject();
    json.writeStringField("address", attempt.address().host());
    json.writeNumberField("port", attempt.address().port());
    json.writeStringField("outcome", attempt.outcome().name());
    json.writeStringField("detail", attempt.detail());
    write("connectMicros", attempt.connect());
    write("firstByteMicros", attempt.firstByte());
    write("totalMicros", Optional.of(attempt.total()));
    if (attempt.status().isPresent()) {
      json.writeNumberField("status", attempt.status().getAsInt());
      json.writeStringField("body", attempt.body());
    }
    json.writeEndObject();
  }

  private void write(String field, Optional<Duration> duration) throws IOException {
    if (duration.isPresent()) {
      json.writeNumberField(field, TimeUnit.MICROSECONDS.convert(duration.get()));
    }
  }

  private void writeThreads(Map<Long, String> dumps) throws IOException {
    if (dumps.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("threadDumps");
    for (Map.Entry<Long, String> dump : dumps.entrySet()) {
      json.writeStartObject();
      json.writeNumberField("pid", dump.getKey());
      json.writeStringField("text", dump.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
