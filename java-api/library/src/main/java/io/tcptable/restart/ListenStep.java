// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.internal.server.PortScope;
import io.tcptable.internal.wording.DurationText;
import java.time.Duration;

/**
 * Waits until what was started listens.
 *
 * @param timeout how long it may take until it is healthy
 */
record ListenStep(PortScope scope, Duration timeout) implements Step {

  @Override
  public StepName name() {
    return StepName.LISTEN;
  }

  @Override
  public String describe() {
    return "wait up to " + DurationText.of(timeout) + " until it listens on " + scope;
  }

  @Override
  public StepOk run(RunContext context) throws StepException, InterruptedException {
    return StepOk.done(context.startup().awaitListening());
  }
}
