// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.restart;

import io.tcptable.program.command.PortArgument;
import io.tcptable.program.terminal.Terminal;
import io.tcptable.restart.PortRestart;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** {@code tcptable restart}: stops the owners of a port and starts a server there. */
public final class RestartCommand extends PlannedCommand {

  private final OptionSpec yes = flag("Do not ask for confirmation.", "-y", "--yes");
  private final OptionSpec byRuntime =
      flag(
          "Have Docker or Podman restart the container of the server, instead of stopping"
              + " processes.",
          "--by-runtime");
  private final StopOptions stop = new StopOptions(this);
  private final StartOptions start = StartOptions.withOptionalCommand(this);

  public RestartCommand(Terminal terminal) {
    super("restart", terminal);
    spec.usageMessage()
        .header("Stop the owners of a port, start a server there and check its health.")
        .customSynopsis("tcptable restart PORT [OPTIONS] [-- COMMAND [ARGUMENT...]]")
        .footer(RestartHelp.ofRestart());
  }

  @Override
  String example() {
    return "tcptable restart 3001 -- python3 server.py";
  }

  @Override
  PortRestart restart(PortArgument on) {
    Optional<String[]> command = start.command();
    if (isSet(byRuntime) && command.isPresent()) {
      throw misused("--by-runtime takes no command: the container is started as it was");
    }
    PortRestart asked = isSet(byRuntime) ? byRuntime(on) : restart(on, command);
    return start.applyTo(stop.applyTo(asked), on);
  }

  private static PortRestart byRuntime(PortArgument on) {
    return on.address()
        .map(PortRestart::byRuntime)
        .orElseGet(() -> PortRestart.byRuntime(on.port()));
  }

  private static PortRestart restart(PortArgument on, Optional<String[]> command) {
    if (command.isEmpty()) {
      return on.address().map(PortRestart::asItWas).orElseGet(() -> PortRestart.asItWas(on.port()));
    }
    return on.address()
        .map(address -> PortRestart.restart(address, command.get()))
        .orElseGet(() -> PortRestart.restart(on.port(), command.get()));
  }

  @Override
  boolean isApproved() {
    return isSet(yes);
  }
}
