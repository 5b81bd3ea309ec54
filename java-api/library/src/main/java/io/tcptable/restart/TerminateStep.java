// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.Phrase;
import io.tcptable.internal.wording.DurationText;
import java.time.Duration;
import java.util.List;

/**
 * Asks those who are held to terminate.
 *
 * @param grace how long they may take
 */
record TerminateStep(Duration grace) implements Step {

  @Override
  public StepName name() {
    return StepName.TERMINATE;
  }

  @Override
  public String describe() {
    return Platforms.current().phrases().of(Phrase.ASK_TO_STOP)
        + " them and wait up to "
        + DurationText.of(grace);
  }

  @Override
  public StepOk run(RunContext context) throws InterruptedException {
    PinnedTargets targets = context.waves().last();
    if (grace.isZero()) {
      return StepOk.skipped("no grace period");
    }
    if (!targets.canBeAsked()) {
      return StepOk.skipped(Platforms.current().phrases().of(Phrase.CANNOT_ASK));
    }
    context.signalling();
    if (!targets.terminate() && !targets.running().isEmpty()) {
      return StepOk.skipped(Platforms.current().phrases().of(Phrase.CANNOT_ASK));
    }
    List<OsProcess> left = targets.awaitEnd(grace);
    return StepOk.done(
        left.isEmpty()
            ? Processes.names(targets.permitted()) + " terminated"
            : Processes.names(left) + " did not terminate within " + DurationText.of(grace));
  }
}
