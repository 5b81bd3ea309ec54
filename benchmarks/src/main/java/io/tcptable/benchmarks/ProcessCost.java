// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a whole process takes besides time on the clock.
 *
 * @param processorMillis time on all processors, in user and kernel mode; the median of several
 *     runs
 * @param peakKib the most memory that was resident at once, in the greediest of them
 */
record ProcessCost(double processorMillis, long peakKib) {

  private static final int RUNS = 5;

  /** Compiled once, when needed. */
  private static final class Program {
    static final Path FILE = CProgram.executable("cost", "cost.c");
  }

  static ProcessCost of(List<String> command) throws IOException, InterruptedException {
    Path figures = Files.createTempFile("tcptable-cost-", "");
    try {
      List<String> whole = new ArrayList<>(List.of(Program.FILE.toString(), figures.toString()));
      whole.addAll(command);
      List<ProcessCost> runs = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        runs.add(run(whole, figures));
      }
      return new ProcessCost(
          runs.stream().mapToDouble(ProcessCost::processorMillis).sorted().toArray()[RUNS / 2],
          runs.stream().mapToLong(ProcessCost::peakKib).max().orElseThrow());
    } finally {
      Files.delete(figures);
    }
  }

  private static ProcessCost run(List<String> command, Path figures)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + " could not be measured");
    }
    String[] numbers = Files.readString(figures).strip().split(" ", -1);
    return new ProcessCost(Long.parseLong(numbers[0]) / 1000.0, Long.parseLong(numbers[1]));
  }
}
