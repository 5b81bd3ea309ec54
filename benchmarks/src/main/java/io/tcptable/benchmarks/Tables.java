// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** The results in figures, each table with a sentence that says what it shows. */
record Tables(Plan plan, Measurements measured) {

  private static final String NOT_MEASURED = "";

  void questions(StringBuilder text) {
    text.append(
        "%s, which hold %,d other descriptors too; in brackets, the multiple of tcptable's own time, %s.%n%n"
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
    return measured.results().median(comparison.trial(competitor));
  }

  void growth(StringBuilder text) {
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

  void coldStart(StringBuilder text) {
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

  void memory(StringBuilder text) {
    text.append("All sockets with their owners, of %s: memory.%n%n".formatted(Size.LARGEST));
    List<List<String>> rows = new ArrayList<>();
    for (Competitor competitor : plan.comparison(Size.LARGEST, Question.ALL_OWNERS).competitors()) {
      OptionalDouble allocated =
          measured.results().allocated(Trial.of(competitor, Question.ALL_OWNERS, Size.LARGEST));
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

  void calls(StringBuilder text) {
    text.append("One system call that leaves the kernel little to do.\n\n");
    List<String> header = new ArrayList<>();
    header.add("");
    Stream.of(Call.values()).map(Call::title).forEach(header::add);
    List<List<String>> rows = new ArrayList<>();
    for (String caller : plan.callers()) {
      List<String> row = new ArrayList<>();
      row.add(caller);
      for (Call call : Call.values()) {
        OptionalDouble nanos = measured.results().median(Trial.of(caller, call));
        row.add(nanos.isEmpty() ? NOT_MEASURED : Figures.nanos(nanos.getAsDouble()));
      }
      rows.add(row);
    }
    Markdown.table(text, header, rows);
    measured
        .results()
        .median(Trial.ofDecoding(Size.LARGEST))
        .ifPresent(
            millis ->
                text.append(
                    "Decoding alone, the kernel's replies coming out of memory: %s for %,d sockets.%n%n"
                        .formatted(Figures.time(millis), Size.LARGEST.sockets())));
  }
}
