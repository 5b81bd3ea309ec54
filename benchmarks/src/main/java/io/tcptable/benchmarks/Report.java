package io.tcptable.benchmarks;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** The results in words and tables. */
record Report(Plan plan, Machine machine, Measurements measured) {

  private static final String NOT_MEASURED = "";

  /** All of it. */
  String text() {
    StringBuilder text = new StringBuilder("\n");
    conditions(text);
    absent(text);
    figure(text, "");
    questions(text);
    growth(text);
    coldStart(text);
    memory(text);
    calls(text);
    text.append(new FasterPeers(plan, measured.results()).text());
    return text.toString();
  }

  /** What a reader in a hurry wants to know. */
  String essence(String directory) {
    StringBuilder text = new StringBuilder("\n");
    conditions(text);
    figure(text, directory);
    questions(text);
    text.append(new FasterPeers(plan, measured.results()).text());
    return text.toString();
  }

  /** The growth of the time for all sockets with their owners. */
  Plot plot() {
    List<Plot.Series> series = new ArrayList<>();
    for (Competitor competitor : comparison(Size.SMALLEST, Question.ALL_OWNERS).competitors()) {
      List<Plot.Point> points = new ArrayList<>();
      for (Size size : Size.GROWING) {
        median(competitor, Question.ALL_OWNERS, size)
            .ifPresent(millis -> points.add(new Plot.Point(size.sockets(), millis)));
      }
      String name = competitor.title().replaceAll("[*`]", "");
      series.add(new Plot.Series(name, competitor.isTcptable(), points));
    }
    return new Plot("All TCP sockets with their owners: time by number of sockets", series);
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
      text.append("Not measured: ");
      text.append(
          plan.absent().entrySet().stream()
              .map(absent -> absent.getKey() + " (" + absent.getValue() + ")")
              .collect(joining(", ")));
      text.append(".\n\n");
    }
  }

  private static void figure(StringBuilder text, String directory) {
    text.append("![Time by number of sockets, tcptable against its peers](")
        .append(directory)
        .append("growth.svg)\n\n");
  }

  private void questions(StringBuilder text) {
    text.append(
        "%s, which hold %,d other descriptors too; in brackets, the multiple of tcptable's own time.%n%n"
            .formatted(Size.LARGEST, Size.LARGEST.sockets() / 4));
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
        row.add(cell(competitor, comparison(Size.LARGEST, question)));
      }
      rows.add(row);
    }
    Markdown.table(text, header, rows);
  }

  private Comparison comparison(Size size, Question question) {
    return plan.of(size).stream()
        .filter(comparison -> comparison.question() == question)
        .findFirst()
        .orElseThrow();
  }

  private OptionalDouble median(Competitor competitor, Question question, Size size) {
    return measured.results().median(Trial.of(competitor, question, size));
  }

  private String cell(Competitor competitor, Comparison comparison) {
    OptionalDouble millis = median(competitor, comparison.question(), comparison.size());
    if (millis.isEmpty()) {
      return NOT_MEASURED;
    }
    double own = measured.results().median(comparison.trials().getFirst()).orElseThrow();
    return Figures.time(millis.getAsDouble())
        + " ("
        + Figures.ratio(millis.getAsDouble() / own)
        + ")";
  }

  private void growth(StringBuilder text) {
    List<Size> sizes = plan.sizes();
    text.append("All sockets with their owners, by the number of sockets and processes.\n\n");
    List<String> header = new ArrayList<>();
    header.add("");
    sizes.forEach(size -> header.add("%,d in %d".formatted(size.sockets(), size.processes())));
    List<List<String>> rows = new ArrayList<>();
    for (Competitor competitor : comparison(Size.SMALLEST, Question.ALL_OWNERS).competitors()) {
      List<String> row = new ArrayList<>();
      row.add(competitor.title());
      for (Size size : sizes) {
        row.add(cell(competitor, comparison(size, Question.ALL_OWNERS)));
      }
      rows.add(row);
    }
    Markdown.table(text, header, rows);
  }

  private void coldStart(StringBuilder text) {
    Comparison comparison = comparison(Size.SMALLEST, Question.PORT_OWNERS);
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
    for (Competitor competitor : comparison(Size.LARGEST, Question.ALL_OWNERS).competitors()) {
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
