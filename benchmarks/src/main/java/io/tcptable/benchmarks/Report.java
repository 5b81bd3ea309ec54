package io.tcptable.benchmarks;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The results in words and tables. */
record Report(Results results, Machine machine, Plan plan) {

  private static final String NOT_MEASURED = "";

  String text() {
    StringBuilder text = new StringBuilder("\n");
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
                Stream.of(Tool.values())
                    .filter(tool -> tool != Tool.TRUE)
                    .filter(tool -> machine.facts().containsKey(tool.title()))
                    .map(tool -> tool.title() + " " + machine.fact(tool.title()))
                    .collect(joining(", "))));
    if (!plan.absent().isEmpty()) {
      text.append("Not measured: ");
      text.append(
          plan.absent().entrySet().stream()
              .map(absent -> absent.getKey() + " (" + absent.getValue() + ")")
              .collect(joining(", ")));
      text.append(".\n\n");
    }
    questions(text);
    growth(text);
    return text.toString();
  }

  private void questions(StringBuilder text) {
    text.append(
        "%,d TCP sockets in %d processes that hold %,d other descriptors too; in brackets, the"
            .formatted(
                Plan.MOST_SOCKETS,
                SocketFarm.processesFor(Plan.MOST_SOCKETS),
                Plan.MOST_SOCKETS / 4));
    text.append(" multiple of tcptable's own time.\n\n");
    List<String> header = new ArrayList<>();
    header.add("");
    Stream.of(Question.values()).map(Question::title).forEach(header::add);
    header.add("allocated a socket");
    List<List<String>> rows = new ArrayList<>();
    for (Competitor competitor : competitors(Plan.MOST_SOCKETS)) {
      List<String> row = new ArrayList<>();
      row.add(competitor.title());
      for (Question question : Question.values()) {
        row.add(cell(competitor, question));
      }
      row.add(allocated(competitor));
      rows.add(row);
    }
    Markdown.table(text, header, rows);
  }

  /** In the order in which they were measured first. */
  private List<Competitor> competitors(int sockets) {
    return plan.trials().stream()
        .filter(trial -> trial.sockets() == sockets)
        .map(Trial::competitor)
        .distinct()
        .toList();
  }

  private String cell(Competitor competitor, Question question) {
    OptionalDouble millis = results.millis(new Trial(competitor, question, Plan.MOST_SOCKETS));
    if (millis.isEmpty()) {
      return NOT_MEASURED;
    }
    double own =
        results.millis(new Trial(Plan.TCPTABLE, question, Plan.MOST_SOCKETS)).orElseThrow();
    return time(millis.getAsDouble()) + " (" + ratio(millis.getAsDouble() / own) + ")";
  }

  private String allocated(Competitor competitor) {
    OptionalDouble bytes =
        results.allocated(new Trial(competitor, Question.ALL_OWNERS, Plan.MOST_SOCKETS));
    return bytes.isEmpty() || !competitor.isJava()
        ? NOT_MEASURED
        : String.format(Locale.ROOT, "%,.0f bytes", bytes.getAsDouble() / Plan.MOST_SOCKETS);
  }

  private static String time(double millis) {
    return millis < 1
        ? String.format(Locale.ROOT, "%.0f µs", 1000 * millis)
        : String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
  }

  private static String ratio(double ratio) {
    return String.format(Locale.ROOT, ratio < 10 ? "%.2f" : "%.0f", ratio);
  }

  private void growth(StringBuilder text) {
    List<Integer> sizes = plan.trials().stream().map(Trial::sockets).distinct().sorted().toList();
    if (sizes.size() < 2) {
      return;
    }
    text.append("All sockets with their owners, by their number.\n\n");
    List<String> header = new ArrayList<>();
    header.add("");
    sizes.forEach(sockets -> header.add("%,d".formatted(sockets)));
    List<List<String>> rows = new ArrayList<>();
    for (Competitor competitor : competitors(sizes.getFirst())) {
      List<String> row = new ArrayList<>();
      row.add(competitor.title());
      for (int sockets : sizes) {
        row.add(
            time(
                results.millis(new Trial(competitor, Question.ALL_OWNERS, sockets)).orElseThrow()));
      }
      rows.add(row);
    }
    Markdown.table(text, header, rows);
  }
}
