// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** Writes the results: raw figures, and tables each below a sentence that says what it shows. */
record ReportWriter(Plan plan, Machine machine, Measurements measured) {

  private static final String NOT_MEASURED = "";
  private static final String MARKER = "benchmarks";

  /** RESULTS.md and the raw figures. */
  void writeTo(Path directory) throws IOException {
    Path results = Files.createDirectories(directory.resolve("results"));
    measured.writeTo(results);
    machine.writeTo(results.resolve("machine.json"));
    Markdown.replaceIn(directory.resolve("RESULTS.md"), MARKER, text());
    System.out.println(text());
  }

  /** The essence, into a page that has the markers for it. */
  void writeSummaryTo(Path page) throws IOException {
    Markdown.replaceIn(page, MARKER, summary());
  }

  String text() {
    StringBuilder text = new StringBuilder("\n");
    conditions(text);
    absent(text);
    questions(text);
    growth(text);
    coldStart(text);
    memory(text);
    calls(text);
    text.append(new SlowerThan(plan, measured).text());
    return text.toString();
  }

  /** What the README says of it. */
  String summary() {
    Comparison all = plan.comparison(Size.LARGEST, Question.ALL_OWNERS);
    Competitor best = all.competitors().getFirst();
    List<List<String>> rows =
        all.competitors().stream()
            .filter(c -> c.equals(best) || c.isOshi() || c.isTool())
            .filter(c -> median(all, c).isPresent())
            .map(c -> List.of(c.title(), cell(c, all)))
            .toList();
    StringBuilder text = new StringBuilder("\n");
    Markdown.table(text, List.of(Size.LARGEST + ", with their owners", "time"), rows);
    return text.toString();
  }

  private void conditions(StringBuilder text) {
    text.append(
        "Medians on %s, %s cores, Linux %s, %s, %s; load %s before. tcptable %s, OSHI %s, %s.%n%n"
            .formatted(
                machine.fact("processor"),
                machine.fact("cores"),
                machine.fact("kernel"),
                machine.fact("jdk"),
                machine.fact("date"),
                machine.fact("loadBefore"),
                machine.fact("tcptable"),
                machine.fact("oshi"),
                Stream.of("ss", "lsof", "netstat", "psutil")
                    .filter(machine.facts()::containsKey)
                    .map(tool -> tool + " " + machine.fact(tool))
                    .collect(joining(", "))));
  }

  private void absent(StringBuilder text) {
    if (!plan.absent().isEmpty()) {
      text.append(
          plan.absent().entrySet().stream()
              .map(absent -> absent.getKey() + " (" + absent.getValue() + ")")
              .collect(joining(", ", "Not measured: ", ".\n\n")));
    }
  }

  private void questions(StringBuilder text) {
    text.append(
        "%s, which hold %,d other descriptors too. In brackets: the time as a multiple of tcptable's; %s.%n%n"
            .formatted(Size.LARGEST, Size.LARGEST.sockets() / 4, Comparison.LIKE_WITH_LIKE));
    List<String> header = new ArrayList<>();
    header.add("");
    Stream.of(Question.values()).map(Question::title).forEach(header::add);
    List<List<String>> rows = new ArrayList<>();
    Set<Competitor> competitors = new LinkedHashSet<>();
    plan.of(Size.LARGEST).forEach(comparison -> competitors.addAll(comparison.competitors()));
    for (Competitor competitor : competitors) {
      List<String> row = new ArrayList<>();
      row.add(competitor.title());
      for (Question question : Question.values()) {
        row.add(cell(competitor, plan.comparison(Size.LARGEST, question)));
      }
      rows.add(row);
    }
    Markdown.table(text, header, rows);
  }

  private String cell(Competitor competitor, Comparison comparison) {
    OptionalDouble millis = median(comparison, competitor);
    if (millis.isEmpty()) {
      return NOT_MEASURED;
    }
    double own = median(comparison, comparison.oursFor(competitor)).orElseThrow();
    return Figures.time(millis.getAsDouble())
        + " ("
        + Figures.ratio(millis.getAsDouble() / own)
        + ")";
  }

  private OptionalDouble median(Comparison comparison, Competitor competitor) {
    return measured.median(comparison.caseOf(competitor));
  }

  private void growth(StringBuilder text) {
    List<Size> sizes = plan.sizes();
    text.append("All sockets with their owners, by the number of sockets and processes.\n\n");
    List<String> header = new ArrayList<>();
    header.add("");
    sizes.forEach(size -> header.add("%,d in %d".formatted(size.sockets(), size.processes())));
    List<List<String>> rows = new ArrayList<>();
    for (Competitor competitor :
        plan.comparison(Size.SMALLEST, Question.ALL_OWNERS).competitors()) {
      List<String> row = new ArrayList<>();
      row.add(competitor.title());
      for (Size size : sizes) {
        row.add(cell(competitor, plan.comparison(size, Question.ALL_OWNERS)));
      }
      rows.add(row);
    }
    Markdown.table(text, header, rows);
  }

  private void coldStart(StringBuilder text) {
    Comparison comparison = plan.comparison(Size.SMALLEST, Question.PORT_OWNERS);
    text.append(
        "From the start of a process to its end: one port with owners, of %s.%n%n"
            .formatted(Size.SMALLEST));
    List<List<String>> rows = new ArrayList<>();
    for (Competitor competitor : comparison.competitors()) {
      ProcessCost cost = measured.costs().get(competitor.tool());
      rows.add(
          List.of(
              competitor.title(),
              cell(competitor, comparison),
              cost == null ? NOT_MEASURED : Figures.time(cost.processorMillis()),
              cost == null ? NOT_MEASURED : Figures.mebibytes(cost.peakKib())));
    }
    Markdown.table(text, List.of("", "time", "of processors", "most memory at once"), rows);
  }

  private void memory(StringBuilder text) {
    text.append("All sockets with their owners, of %s: memory.%n%n".formatted(Size.LARGEST));
    List<List<String>> rows = new ArrayList<>();
    for (Competitor competitor : plan.comparison(Size.LARGEST, Question.ALL_OWNERS).competitors()) {
      OptionalDouble allocated =
          measured.allocated(Case.of(competitor, Question.ALL_OWNERS, Size.LARGEST));
      if (allocated.isPresent() && competitor.isJava()) {
        Double kept = measured.kept().get(competitor.isTcptable() ? "tcptable" : "OSHI");
        rows.add(
            List.of(
                competitor.title(),
                Figures.bytes(allocated.getAsDouble() / Size.LARGEST.sockets()),
                kept == null ? NOT_MEASURED : Figures.bytes(kept),
                NOT_MEASURED));
      }
    }
    for (Map.Entry<Tool, ProcessCost> peak : measured.peaks().entrySet()) {
      rows.add(
          List.of(
              peak.getKey().title(),
              NOT_MEASURED,
              NOT_MEASURED,
              Figures.mebibytes(peak.getValue().peakKib())));
    }
    Markdown.table(
        text,
        List.of("", "allocated a socket", "kept a socket", "most memory at once, as a process"),
        rows);
  }

  private void calls(StringBuilder text) {
    text.append("One system call that leaves the kernel little to do.\n\n");
    List<String> header = new ArrayList<>();
    header.add("");
    Stream.of(Call.values()).map(Call::title).forEach(header::add);
    List<List<String>> rows = new ArrayList<>();
    for (String caller : plan.callers()) {
      List<String> row = new ArrayList<>();
      row.add(caller);
      for (Call call : Call.values()) {
        OptionalDouble nanos = measured.median(Case.of(caller, call));
        row.add(nanos.isEmpty() ? NOT_MEASURED : Figures.nanos(nanos.getAsDouble()));
      }
      rows.add(row);
    }
    Markdown.table(text, header, rows);
    measured
        .median(Case.ofDecoding(Size.LARGEST))
        .ifPresent(
            millis ->
                text.append(
                    "Decoding alone, the kernel's replies coming out of memory: %s for %,d sockets.%n%n"
                        .formatted(Figures.time(millis), Size.LARGEST.sockets())));
  }
}
