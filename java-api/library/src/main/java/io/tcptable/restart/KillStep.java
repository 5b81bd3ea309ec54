// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.Advice;
import io.tcptable.OsProcess;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.process.ProcessStatus;
import io.tcptable.restart.Refusal.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Kills those who are held and still run. */
record KillStep() implements Step {

  /** How long the kernel may take to end a process. */
  static final Duration KILL_TIME = Duration.ofSeconds(5);

  @Override
  public StepName name() {
    return StepName.KILL;
  }

  @Override
  public String describe() {
    return "kill those that still run and wait until they have ended";
  }

  @Override
  public StepOk run(RunContext context) throws StepException, InterruptedException {
    PinnedTargets targets = context.waves().last();
    List<OsProcess> left = targets.running();
    StepOk ok = left.isEmpty() ? StepOk.skipped("not needed") : kill(targets, left, context);
    return ok.then(context.stopFollowers());
  }

  private static StepOk kill(PinnedTargets targets, List<OsProcess> left, RunContext context)
      throws StepException, InterruptedException {
    context.signalling();
    targets.kill();
    List<OsProcess> remaining = targets.awaitEnd(KILL_TIME);
    if (remaining.isEmpty()) {
      return StepOk.done(Processes.names(left) + " killed");
    }
    throw new StepException(
        new Refusal(
            Kind.WOULD_NOT_END,
            Processes.names(remaining)
                + " was killed but did not end within "
                + DurationText.of(KILL_TIME)
                + reason(remaining),
            List.of(
                new Advice.Diagnose(context.port(), Advice.Diagnose.How.AGAIN, Optional.empty()))));
  }

  private static String reason(List<OsProcess> remaining) {
    if (remaining.stream().anyMatch(KillStep::isFrozen)) {
      return ": its control group is frozen; thaw it first";
    }
    return remaining.stream().anyMatch(KillStep::isBlocked) ? ": it waits for a device" : "";
  }

  private static boolean isFrozen(OsProcess process) {
    return process.status().flatMap(ProcessStatus::frozenBy).isPresent();
  }

  private static boolean isBlocked(OsProcess process) {
    return process.status().filter(s -> s.state() == ProcessStatus.State.BLOCKED).isPresent();
  }
}
