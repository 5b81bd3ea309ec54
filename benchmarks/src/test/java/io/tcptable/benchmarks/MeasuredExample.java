// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan whose results are as a test wants them; whatever it does not say was not measured. */
final class MeasuredExample {

  static final Competitor BPF = Competitor.tcptable("ffm", "bpf");
  static final Competitor PROC = Competitor.tcptable("ffm", "proc");
  static final Competitor C_BPF = Competitor.baseline("bpf", 2);
  static final Competitor C_PROC = Competitor.baseline("proc", 2);
  static final Competitor OSHI = Competitor.oshi();
  static final Competitor PROGRAM = Competitor.tool(Tool.TCPTABLE);
  static final Competitor SS = Competitor.tool(Tool.SS);
  static final Competitor TRUE = Competitor.tool(Tool.TRUE);

  private final List<Comparison> comparisons = new ArrayList<>();
  private final Measurements measured = Measurements.none();
  private final Map<String, String> absent = new LinkedHashMap<>();

  /** Asks one question, which who answers within so many milliseconds. */
  MeasuredExample with(Size size, Question question, Map<Competitor, Double> millis) {
    Comparison comparison = new Comparison(size, question, List.copyOf(millis.keySet()));
    comparisons.add(comparison);
    millis.forEach(
        (competitor, time) -> {
          if (!time.isNaN()) {
            measured.add(comparison.caseOf(competitor), lasting(time));
          }
        });
    return this;
  }

  MeasuredExample without(String title, String why) {
    absent.put(title, why);
    return this;
  }

  /** In the order given, the best of ours first. */
  static Map<Competitor, Double> times(Object... competitorsAndMillis) {
    Map<Competitor, Double> times = new LinkedHashMap<>();
    for (int i = 0; i < competitorsAndMillis.length; i += 2) {
      times.put((Competitor) competitorsAndMillis[i], (Double) competitorsAndMillis[i + 1]);
    }
    return times;
  }

  static Samples lasting(double time) {
    return new Samples("a unit", List.of(time), List.of());
  }

  Measurements measured() {
    return measured;
  }

  Plan plan() {
    return new Plan(RunLength.TRIAL, comparisons, List.of("ffm"), absent);
  }

  SlowerThan slowerThan() {
    return new SlowerThan(plan(), measured);
  }

  ReportWriter report() {
    return new ReportWriter(plan(), new Machine(Map.of("cores", "2", "kernel", "6.18")), measured);
  }
}
