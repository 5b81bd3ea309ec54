// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** All measurements of a plan, farm after farm. */
final class Campaign {

  private static final List<Tool> COSTED =
      List.of(
          Tool.TCPTABLE,
          Tool.NO_CACHE,
          Tool.REFERENCE,
          Tool.SS,
          Tool.LSOF,
          Tool.NETSTAT,
          Tool.PSUTIL,
          Tool.TRUE);

  private final Plan plan;
  private final Measurements measured = Measurements.none();

  Campaign(Plan plan) {
    this.plan = plan;
  }

  Publication run() throws IOException, InterruptedException {
    Machine machine = Machine.here();
    for (Size size : plan.sizes()) {
      try (SocketFarm farm = SocketFarm.start(size)) {
        measure(farm, plan.trials(size));
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
    return new Publication(plan, machine, measured);
  }

  private void measure(SocketFarm farm, List<Trial> trials) {
    int rounds = plan.pace().rounds();
    for (int round = 1; round <= rounds; round++) {
      for (Trial trial : trials) {
        System.err.printf(
            "round %d of %d: %s: %s%n",
            round, rounds, trial, measured.results().add(trial, trial.run(farm, plan.pace())));
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
