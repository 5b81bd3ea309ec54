// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** All measurements of a plan, farm after farm. */
final class Run {

  private static final List<Tool> COSTED =
      List.of(
          Tool.TCPTABLE,
          Tool.NO_CACHE,
          Tool.BASELINE,
          Tool.SS,
          Tool.LSOF,
          Tool.NETSTAT,
          Tool.PSUTIL,
          Tool.TRUE);

  private final Plan plan;
  private final Measurements measured = Measurements.none();

  Run(Plan plan) {
    this.plan = plan;
  }

  ReportWriter run() throws IOException, InterruptedException {
    Machine machine = Machine.here();
    for (Size size : plan.sizes()) {
      try (SocketFarm farm = SocketFarm.start(size)) {
        measure(farm, plan.cases(size));
        if (size.equals(Size.SMALLEST)) {
          addCosts(Question.PORT_OWNERS, farm, measured.costs());
        }
        if (size.equals(Size.LARGEST)) {
          addCosts(Question.ALL_OWNERS, farm, measured.peaks());
          measured.kept().put("tcptable", KeptMemory.ofTcptable());
          measured.kept().put("OSHI", KeptMemory.ofOshi());
        }
      }
    }
    return new ReportWriter(plan, machine, measured);
  }

  private void measure(SocketFarm farm, List<Case> cases) {
    int rounds = plan.length().rounds();
    for (int round = 1; round <= rounds; round++) {
      for (Case next : cases) {
        Samples samples = Samples.of(next.run(farm, plan.length()));
        measured.add(next, samples);
        System.err.printf(
            "round %d of %d: %s: %.3f %s%n",
            round, rounds, next, samples.medianTime(), samples.unit());
      }
    }
  }

  private void addCosts(Question question, SocketFarm farm, Map<Tool, ProcessCost> costs)
      throws IOException, InterruptedException {
    for (Tool tool : COSTED) {
      List<String> command = tool.command(question, farm.port());
      if (!command.isEmpty() && !plan.absent().containsKey(tool.title())) {
        costs.put(tool, ProcessCost.of(command));
      }
    }
  }
}
