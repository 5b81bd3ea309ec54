// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.AverageTimeResult;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.RunResult;

/** A plan whose results are as a test wants them; whatever it does not say was not measured. */
final class MeasuredExample {

  static final Competitor BPF = Competitor.tcptable("ffm", "bpf");
  static final Competitor PROC = Competitor.tcptable("ffm", "proc");
  static final Competitor C_BPF = Competitor.reference("bpf", 2);
  static final Competitor C_PROC = Competitor.reference("proc", 2);
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
            measured.results().add(comparison.trial(competitor), lasting(time));
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

  static RunResult lasting(double millis) {
    IterationResult iteration = new IterationResult(null, null, null);
    iteration.addResult(
        new AverageTimeResult(
            ResultRole.PRIMARY,
            "time",
            1,
            Math.round(millis * TimeUnit.MILLISECONDS.toNanos(1)),
            TimeUnit.MILLISECONDS));
    return new RunResult(null, List.of(new BenchmarkResult(null, List.of(iteration))));
  }

  Measurements measured() {
    return measured;
  }

  Plan plan() {
    return new Plan(Pace.TRIAL, comparisons, List.of("ffm"), absent);
  }

  FasterPeers fasterPeers() {
    return new FasterPeers(plan(), measured.results());
  }

  Report report() {
    return new Report(plan(), new Machine(Map.of("cores", "2", "kernel", "6.18")), measured);
  }
}
