// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/**
 * The iterations of one case, in all its rounds.
 *
 * @param unit of the times
 * @param allocated bytes per call, where the benchmark counts them
 */
record Samples(String unit, List<Double> times, List<Double> allocated) {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  static Samples of(RunResult result) {
    List<Double> times = new ArrayList<>();
    List<Double> allocated = new ArrayList<>();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        times.add(iteration.getPrimaryResult().getScore());
        if (iteration.getSecondaryResults().containsKey(ALLOCATED)) {
          allocated.add(
              Objects.requireNonNull(iteration.getSecondaryResults().get(ALLOCATED)).getScore());
        }
      }
    }
    return new Samples(result.getPrimaryResult().getScoreUnit(), times, allocated);
  }

  Samples plus(Samples round) {
    List<Double> allTimes = new ArrayList<>(times);
    allTimes.addAll(round.times);
    List<Double> allAllocated = new ArrayList<>(allocated);
    allAllocated.addAll(round.allocated);
    return new Samples(unit, allTimes, allAllocated);
  }

  double medianTime() {
    return median(times).orElseThrow();
  }

  OptionalDouble medianAllocated() {
    return median(allocated);
  }

  /** Of an even number of values, the middle between the two in the middle. */
  private static OptionalDouble median(List<Double> values) {
    int count = values.size();
    return values.stream()
        .sorted()
        .skip(Math.max(0, (count - 1) / 2))
        .limit(2 - count % 2)
        .mapToDouble(value -> value)
        .average();
  }
}
