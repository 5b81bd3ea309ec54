// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Advice;
import io.tcptable.ListenAddress;
import io.tcptable.TcpSocket;
import io.tcptable.health.HealthResult;
import io.tcptable.internal.json.Fields;
import io.tcptable.internal.json.JsonDocument;
import io.tcptable.internal.wording.Excerpt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A diagnosis as JSON. What is not known is absent, never null and never 0. */
final class DiagnosisJson {

  static final String SCHEMA = "tcptable.diagnosis/2";

  private final UnaryOperator<Advice> wording;

  /**
   * @param wording makes a command or a sentence of an advice
   */
  DiagnosisJson(UnaryOperator<Advice> wording) {
    this.wording = wording;
  }

  void write(PortDiagnosis diagnosis, Appendable out) throws IOException {
    JsonDocument.write(out, SCHEMA, diagnosis, this::write);
  }

  private void write(Fields json, PortDiagnosis diagnosis) throws IOException {
    json.number("port", diagnosis.port())
        .text("address", diagnosis.address().map(ListenAddress::toString))
        .time("takenAt", diagnosis.table().takenAt())
        .name("verdict", diagnosis.verdict())
        .text("headline", diagnosis.headline())
        .number("watchedMillis", diagnosis.watched().toMillis())
        .text("binding", diagnosis.table().takenBy().name())
        .number("unreadableProcesses", diagnosis.table().unreadableProcesses())
        .flag("hasHiddenProcesses", diagnosis.table().hasHiddenProcesses())
        .list("findings", diagnosis.findings(), this::write)
        .object("health", diagnosis.health(), DiagnosisJson::write);
    Set<Long> owners =
        diagnosis.owners().stream().map(ProcessEvidence::pid).collect(Collectors.toSet());
    List<ProcessEvidence> processes = new ArrayList<>(diagnosis.owners());
    processes.addAll(diagnosis.ancestors());
    json.list(
        "processes",
        processes,
        (process, it) -> {
          if (owners.contains(it.pid())) {
            ProcessJson.writeOwner(process, it);
          } else {
            ProcessJson.writeAncestor(process, it);
          }
          process.optional(
              "portRole", Optional.ofNullable(diagnosis.roles().get(it.pid())), Fields::role);
        });
    json.written(
        "sockets",
        diagnosis.table().stream().sorted(TcpSocket.LISTENERS_FIRST).toList(),
        TcpSocket::toJson);
    if (!diagnosis.threadDumps().isEmpty()) {
      json.list("threadDumps", diagnosis.threadDumps().entrySet(), DiagnosisJson::writeDump);
    }
  }

  private void write(Fields json, Finding finding) throws IOException {
    json.name("code", finding.code())
        .lowerCase("severity", finding.severity())
        .lowerCase("confidence", finding.confidence())
        .numbers("pids", finding.pids())
        .text("seen", finding.seen())
        .object("evidence", finding.evidence(), DiagnosisJson::write)
        .text("meaning", finding.meaning())
        .list("advice", finding.advice().stream().limit(Excerpt.LIST).toList(), this::write);
    if (finding.advice().size() > Excerpt.LIST) {
      json.number("adviceOmitted", finding.advice().size() - Excerpt.LIST);
    }
  }

  private static void write(Fields json, Map<String, Object> evidence) throws IOException {
    for (Map.Entry<String, Object> figure : evidence.entrySet()) {
      if (figure.getValue() instanceof Number number) {
        json.number(figure.getKey(), number.longValue());
      } else {
        json.text(figure.getKey(), figure.getValue().toString());
      }
    }
  }

  private void write(Fields json, Advice advice) throws IOException {
    Advice worded = wording.apply(advice);
    json.text("kind", worded.kind() == Advice.Kind.COMMAND ? "command" : "hint")
        .text("text", worded.text());
  }

  private static void write(Fields json, HealthResult health) throws IOException {
    json.text("url", health.url().toString())
        .flag("assumed", health.assumed())
        .name("outcome", health.outcome())
        .text("detail", health.detail())
        .list("attempts", health.attempts(), DiagnosisJson::write);
  }

  private static void write(Fields json, HealthResult.Attempt attempt) throws IOException {
    json.text("address", attempt.address().host())
        .number("port", attempt.address().port())
        .name("outcome", attempt.outcome())
        .text("detail", attempt.detail())
        .micros("connectMicros", attempt.connect())
        .micros("firstByteMicros", attempt.firstByte())
        .micros("totalMicros", attempt.total());
    if (attempt.status().isPresent()) {
      json.number("status", attempt.status()).whole("body", attempt.body());
    }
  }

  private static void writeDump(Fields json, Map.Entry<Long, String> dump) throws IOException {
    json.number("pid", dump.getKey()).whole("text", dump.getValue());
  }
}
