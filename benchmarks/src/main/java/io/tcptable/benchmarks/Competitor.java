// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.util.Map;
import java.util.Objects;

/**
 * One who answers.
 *
 * @param title in Markdown
 * @param parameters of the benchmark, those that tell it from its like
 */
record Competitor(String title, Class<?> benchmark, Map<String, String> parameters) {

  /**
   * @param owners the owner source, as {@code -Dtcptable.owners} names it
   */
  static Competitor tcptable(String binding, String owners) {
    return new Competitor(
        "**tcptable** " + binding + ", " + owners,
        SnapshotBenchmark.class,
        Map.of("binding", binding, "owners", owners));
  }

  /** The C baseline, with this many threads wherever tcptable may take several. */
  static Competitor baseline(String owners, int threads) {
    return new Competitor(
        "C, " + owners + (threads == 1 ? ", one thread" : ", " + threads + " threads"),
        BaselineBenchmark.class,
        Map.of("owners", owners, "threads", Integer.toString(threads)));
  }

  static Competitor oshi() {
    return new Competitor("OSHI", OshiBenchmark.class, Map.of());
  }

  static Competitor tool(Tool tool) {
    return new Competitor(tool.title(), ToolBenchmark.class, Map.of("tool", tool.name()));
  }

  boolean isTcptable() {
    return benchmark == SnapshotBenchmark.class || isTool(Tool.TCPTABLE) || isTool(Tool.NO_CACHE);
  }

  /** Whether it does what {@code other} does, in another language. */
  boolean isBaselineOf(Competitor other) {
    return benchmark == BaselineBenchmark.class
        && other.benchmark == SnapshotBenchmark.class
        && Objects.equals(parameters.get("owners"), other.parameters.get("owners"));
  }

  boolean isOshi() {
    return benchmark == OshiBenchmark.class;
  }

  boolean isTool(Tool tool) {
    return tool.name().equals(parameters.get("tool"));
  }

  /** Which one it is, of those that take a process. */
  Tool tool() {
    return Tool.valueOf(Objects.requireNonNull(parameters.get("tool")));
  }

  /** Whether each answer takes a process of its own. */
  boolean isTool() {
    return benchmark == ToolBenchmark.class;
  }

  /** Whether what it allocates, the JVM allocates. */
  boolean isJava() {
    return benchmark == SnapshotBenchmark.class || benchmark == OshiBenchmark.class;
  }
}
