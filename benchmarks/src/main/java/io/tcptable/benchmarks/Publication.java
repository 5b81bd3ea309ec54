// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What was measured, for others to read. */
record Publication(Plan plan, Machine machine, Measurements measured) {

  /** Tables, plot and raw figures. */
  void writeTo(Path directory) throws IOException {
    Path results = Files.createDirectories(directory.resolve("results"));
    measured.results().writeTo(results.resolve("jmh.json"));
    machine.writeTo(results.resolve("machine.json"));
    writeRest(results.resolve("processes.json"));
    Report report = new Report(plan, machine, measured);
    Files.writeString(directory.resolve("growth.svg"), report.plot().svg());
    Markdown.replaceIn(directory.resolve("RESULTS.md"), "benchmarks", report.text());
    System.out.println(report.text());
  }

  /** Into a page that holds the markers for it. */
  void writeEssenceTo(Path page) throws IOException {
    Markdown.replaceIn(
        page, "benchmarks", new Report(plan, machine, measured).essence("benchmarks/"));
  }

  /** What JMH has no place for. */
  private void writeRest(Path file) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(Files.newOutputStream(file))) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      write(json, "onePortOfFewSockets", measured.costs());
      write(json, "allOfManySockets", measured.peaks());
      json.writeObjectFieldStart("bytesKeptPerSocket");
      for (Map.Entry<String, Double> kept : measured.kept().entrySet()) {
        json.writeNumberField(kept.getKey(), kept.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  private static void write(JsonGenerator json, String name, Map<Tool, ProcessCost> costs)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<Tool, ProcessCost> cost : costs.entrySet()) {
      json.writeObjectFieldStart(cost.getKey().name());
      json.writeNumberField("processorMillis", cost.getValue().processorMillis());
      json.writeNumberField("peakKib", cost.getValue().peakKib());
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
