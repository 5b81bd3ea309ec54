// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.restart;

import io.tcptable.program.command.PortArgument;
import io.tcptable.program.terminal.Terminal;
import io.tcptable.restart.PortRestart;

/** {@code tcptable start}: starts a server on a free port. */
public final class StartCommand extends PlannedCommand {

  private final StartOptions start = new StartOptions(this);

  public StartCommand(Terminal terminal) {
    super("start", terminal);
    spec.usageMessage()
        .header("Start a server on a free port and check its health.")
        .customSynopsis("tcptable start PORT [OPTIONS] -- COMMAND [ARGUMENT...]")
        .footer(RestartHelp.ofStart());
  }

  @Override
  String example() {
    return "tcptable start 3001 -- python3 server.py";
  }

  @Override
  PortRestart restart(PortArgument on) {
    String[] command = start.command(example());
    return start.applyTo(
        on.address()
            .map(address -> PortRestart.start(address, command))
            .orElseGet(() -> PortRestart.start(on.port(), command)),
        on);
  }

  /** It stops no process. */
  @Override
  boolean isApproved() {
    return true;
  }
}
