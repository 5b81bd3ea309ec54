package io.tcptable.benchmarks;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Where somebody else is faster, said as plainly as the rest. */
record FasterPeers(Plan plan, Results results) {

  String text() {
    List<String> places = new ArrayList<>();
    for (Comparison comparison : plan.comparisons()) {
      String faster = faster(comparison);
      if (!faster.isEmpty()) {
        places.add(
            "- %s, %s%s: %s.%n"
                .formatted(
                    comparison.size(),
                    comparison.question().title(),
                    comparison.competitors().getFirst().isTool() ? ", as a whole process" : "",
                    faster));
      }
    }
    return places.isEmpty()
        ? "Nobody else was faster at any of it.\n"
        : "Where somebody else is faster, in parts of tcptable's own time:\n\n"
            + String.join("", places);
  }

  private String faster(Comparison comparison) {
    double own = results.median(comparison.trials().getFirst()).orElseThrow();
    return comparison.competitors().stream()
        .filter(c -> !c.isTcptable() && !c.isTool(Tool.TRUE))
        .map(c -> Map.entry(c, median(c, comparison) / own))
        .filter(ratio -> ratio.getValue() < 1)
        .sorted(Map.Entry.comparingByValue())
        .map(ratio -> ratio.getKey().title() + " " + Figures.ratio(ratio.getValue()))
        .collect(joining(", "));
  }

  private double median(Competitor competitor, Comparison comparison) {
    OptionalDouble median =
        results.median(Trial.of(competitor, comparison.question(), comparison.size()));
    return median.orElse(Double.MAX_VALUE);
  }
}
