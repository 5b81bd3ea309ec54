package io.tcptable.benchmarks;

/**
 * One who answers.
 *
 * @param title in Markdown
 * @param parameter the parameter of the benchmark that tells it from its like; empty if it has none
 * @param value the value of that parameter
 */
record Competitor(String title, Class<?> benchmark, String parameter, String value) {

  static Competitor tcptable(String binding) {
    return new Competitor("**tcptable** " + binding, SnapshotBenchmark.class, "binding", binding);
  }

  /** The yardstick, with so many threads for the search for owners. */
  static Competitor reference(int threads) {
    return new Competitor(
        threads == 1 ? "C, one thread" : "C, " + threads + " threads",
        ReferenceBenchmark.class,
        "threads",
        Integer.toString(threads));
  }

  static Competitor oshi() {
    return new Competitor("OSHI", OshiBenchmark.class, "", "");
  }

  static Competitor tool(Tool tool) {
    return new Competitor("`" + tool.title() + "`", ToolBenchmark.class, "tool", tool.name());
  }

  /** Whether each answer takes a process of its own. */
  boolean isTool() {
    return benchmark == ToolBenchmark.class;
  }

  /** Whether what it allocates, the JVM allocates. */
  boolean isJava() {
    return !isTool() && benchmark != ReferenceBenchmark.class;
  }
}
