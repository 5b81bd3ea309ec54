// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.restart.Refusal.Kind;
import java.io.IOException;
import java.util.List;

record StartStep(StartCommand command) implements Step {

  @Override
  public StepName name() {
    return StepName.START;
  }

  @Override
  public String describe() {
    return "start "
        + command
        + (command.was().isPresent() ? " as it ran, in " : " in ")
        + command.directory()
        + ", "
        + command.output().describe();
  }

  @Override
  public StepOk run(RunContext context) throws StepException, InterruptedException {
    List<OsProcess> zombies = Unreaped.await(context.waves().signalled().stopped());
    // Again: time has passed since it was checked.
    command.output().open();
    try {
      StartedServer server = StartedServer.start(command);
      context.started(server);
      return StepOk.done(
          server
              + ", output to "
              + command.log()
              + (zombies.isEmpty() ? "" : "; " + Unreaped.text(zombies)));
    } catch (IOException e) {
      throw new StepException(
          Refusal.of(Kind.COMMAND_UNUSABLE, command + " cannot be started: " + e.getMessage()));
    }
  }
}
