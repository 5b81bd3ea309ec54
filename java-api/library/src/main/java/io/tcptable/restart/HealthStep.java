// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.health.HealthProbe;

/** Waits until what was started is healthy. */
record HealthStep(HealthProbe probe) implements Step {

  @Override
  public StepName name() {
    return StepName.HEALTH;
  }

  @Override
  public String describe() {
    return "wait within the same time until " + probe.url() + " is healthy";
  }

  @Override
  public StepOk run(RunContext context) throws StepException, InterruptedException {
    return StepOk.done(context.startup().awaitHealth(probe));
  }
}
