// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.restart;

import io.tcptable.program.command.PortArgument;
import io.tcptable.program.terminal.Terminal;
import io.tcptable.restart.PortRestart;
import picocli.CommandLine.Model.OptionSpec;

/** {@code tcptable free}: stops the owners of a port and verifies that it is free. */
public final class FreeCommand extends PlannedCommand {

  private final OptionSpec yes = flag("Do not ask for confirmation.", "-y", "--yes");
  private final StopOptions stop = new StopOptions(this);

  public FreeCommand(Terminal terminal) {
    super("free", terminal);
    spec.usageMessage()
        .header("Stop the owners of a port and verify that it is free.")
        .customSynopsis("tcptable free PORT [OPTIONS]")
        .footer(RestartHelp.ofFree());
  }

  @Override
  String example() {
    return "tcptable free 3001";
  }

  @Override
  PortRestart restart(PortArgument on) {
    return stop.applyTo(
        on.address().map(PortRestart::free).orElseGet(() -> PortRestart.free(on.port())));
  }

  @Override
  boolean isApproved() {
    return isSet(yes);
  }
}
