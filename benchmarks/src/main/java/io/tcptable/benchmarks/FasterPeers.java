// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Where somebody else is faster, said as plainly as the rest: than a call in process, and, of those
 * that take a process, than our own program.
 */
record FasterPeers(Plan plan, Results results) {

  String text() {
    List<String> places = new ArrayList<>();
    for (Comparison comparison : plan.comparisons()) {
      if (!comparison.competitors().getFirst().isTool()) {
        add(places, comparison, "", comparison.competitors().stream(), comparison::oursFor);
      }
      Stream<Competitor> tools = comparison.competitors().stream().filter(Competitor::isTool);
      comparison
          .program()
          .ifPresent(ours -> add(places, comparison, ", as a whole process", tools, c -> ours));
    }
    return places.isEmpty()
        ? "Nobody else was faster at any of it.\n"
        : "Where somebody else is faster, in parts of tcptable's own time, "
            + Comparison.LIKE_WITH_LIKE
            + ":\n\n"
            + String.join("", places);
  }

  private void add(
      List<String> places,
      Comparison comparison,
      String how,
      Stream<Competitor> competitors,
      UnaryOperator<Competitor> ours) {
    String faster =
        competitors
            .filter(c -> !c.isTcptable() && !c.isTool(Tool.TRUE))
            .flatMap(c -> ratio(comparison, c, ours.apply(c)))
            .filter(ratio -> ratio.getValue() < 1)
            .sorted(Map.Entry.comparingByValue())
            .map(ratio -> ratio.getKey().title() + " " + Figures.ratio(ratio.getValue()))
            .collect(joining(", "));
    if (!faster.isEmpty()) {
      places.add(
          "- %s, %s%s: %s.%n"
              .formatted(comparison.size(), comparison.question().title(), how, faster));
    }
  }

  /** Nothing if it was not measured. */
  private Stream<Map.Entry<Competitor, Double>> ratio(
      Comparison comparison, Competitor competitor, Competitor ours) {
    OptionalDouble theirs = results.median(comparison.trial(competitor));
    return theirs.isEmpty()
        ? Stream.empty()
        : Stream.of(
            Map.entry(
                competitor,
                theirs.getAsDouble() / results.median(comparison.trial(ours)).orElseThrow()));
  }
}
