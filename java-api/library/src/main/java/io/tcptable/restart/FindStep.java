// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.restart.Refusal.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the plan, as things are now; its steps are the next ones. */
record FindStep(PortRestart request, @Nullable RestartPlan approved) implements Step {

  @Override
  public StepName name() {
    return StepName.FIND;
  }

  @Override
  public String describe() {
    return "find the processes on " + request.scope();
  }

  @Override
  public StepOk run(RunContext context) throws StepException, InterruptedException {
    RestartPlan plan = new Planner(request).find();
    if (plan.refusal().isPresent()) {
      throw new StepException(plan.refusal().get());
    }
    if (approved != null) {
      compare(approved, plan);
    } else {
      // A plan that was approved has passed it.
      Optional<Refusal> unusable = HealthPrecheck.refusal(request);
      if (unusable.isPresent()) {
        throw new StepException(unusable.get());
      }
    }
    context.found(plan);
    return StepOk.done(
            plan.targets().isEmpty()
                ? plan.address().isPresent()
                    ? "no process is on " + plan.scope()
                    : "no process is on the port"
                : plan.targets().stream().map(Target::toString).collect(Collectors.joining("; ")))
        .then(plan.ahead());
  }

  /**
   * No process may be stopped that the approved plan does not name, and that does not descend from
   * one that it names.
   */
  private static void compare(RestartPlan approved, RestartPlan now) throws StepException {
    List<OsProcess> others =
        new ApprovedProcesses(approved.targets())
            .strangers(now.targets().stream().map(Target::process).toList());
    if (!others.isEmpty()) {
      throw new StepException(
          Refusal.hint(
              Kind.OWNERS_CHANGED,
              "the plan is out of date: "
                  + Processes.names(others)
                  + (others.size() == 1 ? " is" : " are")
                  + " on the port now",
              "Make a new plan."));
    }
    if (!approved.start().equals(now.start())) {
      throw new StepException(
          Refusal.hint(
              Kind.OWNERS_CHANGED,
              "the plan is out of date: the server runs in another way now than in the plan",
              "Make a new plan."));
    }
  }
}
