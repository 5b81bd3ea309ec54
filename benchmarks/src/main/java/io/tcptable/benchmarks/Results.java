// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/** What was measured, the rounds of one trial as one result. */
final class Results {

  private static final double MEDIAN = 50;
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final Pattern FOLDERS = Pattern.compile("([\"=])/(?:[^\"/]*/)*");

  private final Map<Trial, RunResult> byTrial = new LinkedHashMap<>();

  /** Adds one round and returns its median, with its unit. */
  String add(Trial trial, RunResult round) {
    byTrial.merge(trial, round, Results::merge);
    return "%.3f %s".formatted(median(round), round.getPrimaryResult().getScoreUnit());
  }

  private static RunResult merge(RunResult before, RunResult round) {
    List<BenchmarkResult> rounds = new ArrayList<>(before.getBenchmarkResults());
    rounds.addAll(round.getBenchmarkResults());
    return new RunResult(before.getParams(), rounds);
  }

  /** The median of all iterations in the benchmark's unit; empty if this was not measured. */
  OptionalDouble median(Trial trial) {
    RunResult result = byTrial.get(trial);
    return result == null ? OptionalDouble.empty() : OptionalDouble.of(median(result));
  }

  /** The bytes allocated by one call; empty if this was not measured. */
  OptionalDouble allocated(Trial trial) {
    RunResult result = byTrial.get(trial);
    return result == null || !result.getSecondaryResults().containsKey(ALLOCATED)
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            result.getSecondaryResults().get(ALLOCATED).getStatistics().getPercentile(MEDIAN));
  }

  private static double median(RunResult result) {
    return result.getPrimaryResult().getStatistics().getPercentile(MEDIAN);
  }

  /**
   * As JMH writes it, but for the folders of this machine, which say nothing of what was measured.
   */
  void writeTo(Path file) throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    ResultFormatFactory.getInstance(
            ResultFormatType.JSON, new PrintStream(json, true, StandardCharsets.UTF_8))
        .writeOut(byTrial.values());
    Files.writeString(
        file, FOLDERS.matcher(json.toString(StandardCharsets.UTF_8)).replaceAll("$1"));
  }
}
