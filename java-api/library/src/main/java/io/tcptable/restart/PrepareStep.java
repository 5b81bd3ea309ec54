// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import java.util.Optional;

record PrepareStep(StartCommand command) implements Step {

  @Override
  public StepName name() {
    return StepName.PREPARE;
  }

  @Override
  public String describe() {
    return "check that " + command + " can be started";
  }

  @Override
  public StepOk run(RunContext context) throws StepException, InterruptedException {
    Optional<Refusal> refusal = command.refusal();
    if (refusal.isPresent()) {
      throw new StepException(refusal.get());
    }
    command.output().open();
    Rehearsal.of(command);
    return StepOk.done("output goes to " + command.log());
  }
}
