// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.internal.json.Fields;
import io.tcptable.internal.wording.Excerpt;
import io.tcptable.process.ProcessOutput;
import io.tcptable.process.ProcessPlacement;
import io.tcptable.process.ProcessStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A process as a JSON object. What is not known is absent. */
final class ProcessJson {

  private ProcessJson() {}

  /** Without its command line, which is not the port's business and may hold secrets. */
  static void writeAncestor(Fields fields, ProcessEvidence process) throws IOException {
    write(fields, process, false);
  }

  private static void write(Fields fields, ProcessEvidence process, boolean owner)
      throws IOException {
    fields
        .process(process.pid(), process.startedAt(), process.name())
        .flag("owner", owner)
        .number("parent", process.parent())
        .text("user", process.user());
  }

  /** Everything that is known of an owner of the port. */
  static void writeOwner(Fields fields, ProcessEvidence process) throws IOException {
    write(fields, process, true);
    Excerpt words = Excerpt.of(process.commandLine(), Integer.MAX_VALUE, Excerpt.FIELD);
    texts(fields, "commandLine", words, process.commandLineOmitted());
    fields
        .text("executable", process.executable().map(Path::toString))
        .text("workingDirectory", process.workingDirectory().map(Path::toString));
    Optional<ProcessStatus> status = process.status();
    if (status.isPresent()) {
      write(fields, status.get());
    }
    fields
        .text("service", process.placement().flatMap(ProcessPlacement::service))
        .text("container", process.placement().flatMap(ProcessPlacement::container))
        .text("containerName", process.containerName())
        .text("composeService", process.composeService());
    Optional<ProcessOutput> output = process.output();
    if (output.isPresent()) {
      fields
          .text("standardOutput", output.get().standardOutput())
          .text("standardError", output.get().standardError());
      List<String> logs = output.get().logs().stream().map(Path::toString).toList();
      texts(
          fields,
          "logs",
          Excerpt.of(logs, Excerpt.LIST, Excerpt.FIELD),
          output.get().omittedLogs());
    }
  }

  private static void write(Fields fields, ProcessStatus status) throws IOException {
    fields
        .name("state", status.state())
        .text("waitChannel", status.waitChannel())
        .number("tracer", status.tracer())
        .number("processGroup", status.processGroup())
        .number("session", status.session())
        .number("openDescriptors", status.openDescriptors())
        .number("descriptorLimit", status.descriptorLimit())
        .number("residentBytes", status.residentMemory())
        .number("groupMemoryBytes", status.groupMemory())
        .number("groupMemoryLimitBytes", status.groupMemoryLimit());
    if (status.unanswered().isPresent()) {
      fields.number("unansweredMillis", status.unanswered().get().toMillis());
    }
  }

  /**
   * Writes texts, and how many are left out.
   *
   * @param more how many were left out before
   */
  private static void texts(Fields fields, String field, Excerpt texts, int more)
      throws IOException {
    if (!texts.shown().isEmpty()) {
      fields.texts(field, texts.shown());
    }
    if (texts.omitted() + more > 0) {
      fields.number(field + "Omitted", texts.omitted() + more);
    }
  }
}
