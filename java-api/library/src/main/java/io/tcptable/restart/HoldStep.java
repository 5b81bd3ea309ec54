// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import java.util.ArrayList;
import java.util.List;

/**
 * Pins processes, so that no signal reaches a later process with the same PID.
 *
 * @param wave those who are to be stopped together
 * @param partial whether to go on if this user may not stop all of them
 */
record HoldStep(List<OsProcess> wave, boolean partial) implements Step {

  /** The steps that ask these processes to terminate, and kill those that do not. */
  static List<Step> stopping(List<OsProcess> wave, StopSettings settings) {
    return steps(wave, settings, List.of(new TerminateStep(settings.grace())));
  }

  /** The steps that kill these processes unasked. */
  static List<Step> killing(List<OsProcess> wave, StopSettings settings) {
    return steps(wave, settings, List.of());
  }

  private static List<Step> steps(
      List<OsProcess> wave, StopSettings settings, List<Step> beforeKilling) {
    List<Step> steps = new ArrayList<>();
    if (!wave.isEmpty()) {
      steps.add(new HoldStep(wave, settings.partial()));
      steps.addAll(beforeKilling);
      steps.add(new KillStep());
    }
    return steps;
  }

  @Override
  public StepName name() {
    return StepName.HOLD;
  }

  @Override
  public String describe() {
    return "pin " + Processes.names(wave) + " and check that this user may stop them";
  }

  @Override
  public StepOk run(RunContext context) throws StepException {
    PinnedTargets targets = PinnedTargets.pin(wave);
    context.waves().add(targets);
    if (!targets.forbidden().isEmpty() && (!partial || targets.permitted().isEmpty())) {
      throw new StepException(Refusal.noPermission(targets.forbidden()));
    }
    String spared =
        targets.forbidden().isEmpty()
            ? ""
            : "; this user may not stop " + Processes.names(targets.forbidden());
    String how = targets.arePinned() ? "" : " by PID and start time (no pidfd here)";
    return StepOk.done(Processes.names(targets.permitted()) + " pinned" + how + spared);
  }
}
