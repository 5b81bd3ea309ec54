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
  public StepOk run(RunContext context) throws StepException {
    Optional<Refusal> refusal = command.refusal();
    if (refusal.isPresent()) {
      throw new StepException(refusal.get());
    }
    command.log().open();
    return StepOk.done("output goes to " + command.log());
  }
}
