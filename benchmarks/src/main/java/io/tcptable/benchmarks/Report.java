// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The results in words and tables. */
record Report(Plan plan, Machine machine, Measurements measured) {

  /** All of it. */
  String text() {
    StringBuilder text = new StringBuilder("\n");
    conditions(text);
    absent(text);
    figure(text, "");
    Tables tables = tables();
    tables.questions(text);
    tables.growth(text);
    tables.coldStart(text);
    tables.memory(text);
    tables.calls(text);
    text.append(new FasterPeers(plan, measured.results()).text());
    return text.toString();
  }

  /** What a reader in a hurry wants to know. */
  String essence(String directory) {
    StringBuilder text = new StringBuilder("\n");
    conditions(text);
    figure(text, directory);
    tables().questions(text);
    text.append(new FasterPeers(plan, measured.results()).text());
    return text.toString();
  }

  /** The growth of the time for all sockets with their owners. */
  Plot plot() {
    List<Plot.Series> series = new ArrayList<>();
    Comparison growing = plan.comparison(Size.SMALLEST, Question.ALL_OWNERS);
    for (Competitor competitor : growing.competitors()) {
      List<Plot.Point> points = new ArrayList<>();
      for (Size size : Size.GROWING) {
        measured
            .results()
            .median(Trial.of(competitor, Question.ALL_OWNERS, size))
            .ifPresent(millis -> points.add(new Plot.Point(size.sockets(), millis)));
      }
      if (points.isEmpty()) {
        continue;
      }
      String name = competitor.title().replaceAll("[*`]", "");
      series.add(new Plot.Series(name, competitor.isTcptable(), points));
    }
    return new Plot("All TCP sockets with their owners: time by number of sockets", series);
  }

  private Tables tables() {
    return new Tables(plan, measured);
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
}
