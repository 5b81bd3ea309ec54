// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** Where it was measured, and with what. */
record Machine(Map<String, String> facts) {

  static Machine here() throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("date", LocalDate.now(java.time.ZoneOffset.UTC).toString());
    facts.put("processor", processor());
    facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("loadBefore", Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
    facts.put("kernel", System.getProperty("os.version"));
    facts.put("jdk", System.getProperty("java.vendor") + " " + Runtime.version());
    versions().forEach((name, version) -> facts.put(name.toString(), version.toString()));
    CProgram.compiler().ifPresent(compiler -> facts.put("compiler", compiler));
    for (Tool tool : List.of(Tool.SS, Tool.LSOF, Tool.NETSTAT, Tool.PSUTIL)) {
      tool.version().ifPresent(version -> facts.put(tool.name().toLowerCase(Locale.ROOT), version));
    }
    return new Machine(facts);
  }

  private static String processor() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }

  private static Properties versions() {
    Properties versions = new Properties();
    try (InputStream in = Machine.class.getResourceAsStream("/versions.properties")) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return versions;
  }

  /** Of a part that was built or depended upon: {@code tcptable}, {@code jmh}, {@code oshi}. */
  static String version(String part) {
    return versions().getProperty(part);
  }

  String fact(String name) {
    return facts.getOrDefault(name, "unknown");
  }

  void writeTo(Path file) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(Files.newOutputStream(file))) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      for (Map.Entry<String, String> fact : facts.entrySet()) {
        json.writeStringField(fact.getKey(), fact.getValue());
      }
      json.writeEndObject();
    }
  }
}
