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
 * Where tcptable is slower than a peer: first its calls in process, then, of those that take a
 * process, its program.
 */
record SlowerThan(Plan plan, Measurements measured) {

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
        ? "No peer was faster in any case.\n"
        : "Cases where a peer is faster, with its time as a fraction of tcptable's; "
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
    OptionalDouble theirs = measured.median(comparison.caseOf(competitor));
    return theirs.isEmpty()
        ? Stream.empty()
        : Stream.of(
            Map.entry(
                competitor,
                theirs.getAsDouble() / measured.median(comparison.caseOf(ours)).orElseThrow()));
  }
}
