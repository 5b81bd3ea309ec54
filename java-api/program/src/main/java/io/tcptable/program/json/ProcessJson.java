// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tcptable.ProcessOutput;
import io.tcptable.ProcessPlacement;
import io.tcptable.ProcessStatus;
import io.tcptable.diagnose.ProcessEvidence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A process as a JSON object. What is not known is absent. */
public final class ProcessJson {

  private final JsonGenerator json;

  public ProcessJson(JsonGenerator json) {
    this.json = json;
  }

  /** Without its command line, which is not the port's business and may hold secrets. */
  public void writeAncestor(ProcessEvidence process) throws IOException {
    json.writeStartObject();
    writeIdentity(process, false);
    json.writeEndObject();
  }

  private void writeIdentity(ProcessEvidence process, boolean owner) throws IOException {
    json.writeNumberField("pid", process.pid());
    json.writeStringField("startedAt", JsonOutput.text(process.startedAt()));
    json.writeStringField("name", process.name());
    json.writeBooleanField("owner", owner);
    write("parent", process.parent());
    write("user", process.user());
  }

  public void writeOwner(ProcessEvidence process) throws IOException {
    json.writeStartObject();
    writeIdentity(process, true);
    write("commandLine", process.commandLine());
    write("executable", process.executable().map(Path::toString));
    write("workingDirectory", process.workingDirectory().map(Path::toString));
    Optional<ProcessStatus> status = process.status();
    if (status.isPresent()) {
      write(status.get());
    }
    Optional<ProcessPlacement> placement = process.placement();
    if (placement.isPresent()) {
      write("service", placement.get().service());
      write("container", placement.get().container());
    }
    write("containerName", process.containerName());
    Optional<ProcessOutput> output = process.output();
    if (output.isPresent()) {
      write("standardOutput", output.get().standardOutput());
      write("standardError", output.get().standardError());
      write("logs", output.get().logs().stream().map(Path::toString).toList());
    }
    json.writeEndObject();
  }

  private void write(ProcessStatus status) throws IOException {
    json.writeStringField("state", status.state().name());
    write("waitChannel", status.waitChannel());
    write("tracer", status.tracer());
    write("processGroup", status.processGroup());
    write("session", status.session());
    write("openDescriptors", status.openDescriptors());
    write("descriptorLimit", status.descriptorLimit());
    write("residentBytes", status.residentMemory());
    write("groupMemoryBytes", status.groupMemory());
    write("groupMemoryLimitBytes", status.groupMemoryLimit());
  }

  private void write(String field, OptionalLong number) throws IOException {
    if (number.isPresent()) {
      json.writeNumberField(field, number.getAsLong());
    }
  }

  private void write(String field, Optional<String> text) throws IOException {
    if (text.isPresent()) {
      json.writeStringField(field, text.get());
    }
  }

  private void write(String field, List<String> texts) throws IOException {
    if (!texts.isEmpty()) {
      json.writeArrayFieldStart(field);
      for (String text : texts) {
        json.writeString(text);
      }
      json.writeEndArray();
    }
  }
}
