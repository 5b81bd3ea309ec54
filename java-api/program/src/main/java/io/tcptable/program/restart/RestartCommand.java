// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.restart;

import io.tcptable.program.command.StartOptions;
import io.tcptable.program.command.StopOptions;
import io.tcptable.program.terminal.Terminal;
import io.tcptable.restart.PortRestart;
import picocli.CommandLine.Model.OptionSpec;

/** {@code tcptable restart}: stops who is on a port, and starts a healthy server there. */
public final class RestartCommand extends PlannedCommand {

  private final OptionSpec yes = flag("Do not ask before anybody is stopped.", "-y", "--yes");
  private final StopOptions stop = new StopOptions(this);
  private final StartOptions start = new StartOptions(this);

  public RestartCommand(Terminal terminal) {
    super("restart", terminal);
    spec.usageMessage()
        .header("Stop who is on a port, start a server there, and prove it healthy.")
        .customSynopsis("tcptable restart PORT [OPTIONS] -- COMMAND [ARGUMENT...]")
        .footer(RestartHelp.ofRestart());
  }

  @Override
  String example() {
    return "tcptable restart 3001 -- python3 server.py";
  }

  @Override
  PortRestart.Builder restart(int port) {
    PortRestart.Builder restart = PortRestart.restart(port, start.command(example()));
    stop.applyTo(restart);
    start.applyTo(restart, port);
    return restart;
  }

  @Override
  boolean isApproved() {
    return isSet(yes);
  }
}
