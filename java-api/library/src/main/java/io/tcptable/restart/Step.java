// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import java.io.IOException;

/** One step of a restart: it says what it is going to do, and does it. */
sealed interface Step
    permits PrepareStep,
        LockStep,
        FindStep,
        HoldStep,
        TerminateStep,
        KillStep,
        FreeStep,
        StartStep,
        ListenStep,
        HealthStep,
        RuntimeStep,
        RuntimeHealthStep {

  StepName name();

  /** What it is going to do, in one line. */
  String describe();

  /**
   * Does it.
   *
   * @throws StepException if it cannot be done, which ends the run
   */
  StepOk run(RunContext context) throws StepException, IOException, InterruptedException;
}
