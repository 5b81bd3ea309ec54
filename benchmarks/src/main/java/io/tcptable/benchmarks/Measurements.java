// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * All that a run has measured.
 *
 * @param costs of processes asked for one port among few sockets
 * @param peaks of processes asked for all sockets of the largest farm
 * @param kept bytes per socket that an answer keeps, by library
 */
record Measurements(
    Map<Case, Samples> samples,
    Map<Tool, ProcessCost> costs,
    Map<Tool, ProcessCost> peaks,
    Map<String, Double> kept) {

  static Measurements none() {
    return new Measurements(
        new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
  }

  void add(Case measured, Samples round) {
    samples.merge(measured, round, Samples::plus);
  }

  /** In the benchmark's unit; empty if the case was not measured. */
  OptionalDouble median(Case measured) {
    Samples found = samples.get(measured);
    return found == null ? OptionalDouble.empty() : OptionalDouble.of(found.medianTime());
  }

  /** Bytes allocated by one call; empty if that was not measured. */
  OptionalDouble allocated(Case measured) {
    Samples found = samples.get(measured);
    return found == null ? OptionalDouble.empty() : found.medianAllocated();
  }

  void writeTo(Path directory) throws IOException {
    try (JsonGenerator json = json(directory.resolve("cases.jsonl"))) {
      json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
      for (Map.Entry<Case, Samples> measured : samples.entrySet()) {
        write(json, measured.getKey(), measured.getValue());
      }
      json.writeRaw('\n');
    }
    try (JsonGenerator json = json(directory.resolve("processes.json"))) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      write(json, "onePortOfFewSockets", costs);
      write(json, "allOfManySockets", peaks);
      json.writeObjectFieldStart("bytesKeptPerSocket");
      for (Map.Entry<String, Double> bytes : kept.entrySet()) {
        json.writeNumberField(bytes.getKey(), bytes.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  private static JsonGenerator json(Path file) throws IOException {
    return new JsonFactory()
        .createGenerator(Files.newOutputStream(file))
        .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
  }

  private static void write(JsonGenerator json, Case measured, Samples samples) throws IOException {
    json.writeStartObject();
    json.writeStringField("benchmark", measured.benchmark().getSimpleName());
    for (Map.Entry<String, String> parameter : new TreeMap<>(measured.parameters()).entrySet()) {
      json.writeStringField(parameter.getKey(), parameter.getValue());
    }
    json.writeStringField("unit", samples.unit());
    json.writeNumberField("samples", samples.times().size());
    write(json, "least", samples.times().stream().mapToDouble(time -> time).min());
    write(json, "median", OptionalDouble.of(samples.medianTime()));
    write(json, "most", samples.times().stream().mapToDouble(time -> time).max());
    write(json, "allocatedBytes", samples.medianAllocated());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, OptionalDouble figure)
      throws IOException {
    if (figure.isPresent()) {
      json.writeNumberField(
          name,
          new BigDecimal(figure.getAsDouble()).round(new MathContext(5)).stripTrailingZeros());
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
