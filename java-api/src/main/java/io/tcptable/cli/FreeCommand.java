package io.tcptable.cli;

import io.tcptable.restart.PortRestart;
import picocli.CommandLine.Model.OptionSpec;

/** {@code tcptable free}: stops who is on a port, and proves it free. */
final class FreeCommand extends PlannedCommand {

  private final OptionSpec yes = flag("Do not ask before anybody is stopped.", "-y", "--yes");
  private final StopOptions stop = new StopOptions(this);

  FreeCommand(Terminal terminal) {
    super("free", terminal);
    spec.usageMessage()
        .header("Stop who is on a port, and prove it free.")
        .customSynopsis("tcptable free PORT [OPTIONS]")
        .footer(RestartHelp.ofFree());
  }

  @Override
  String example() {
    return "tcptable free 3001";
  }

  @Override
  PortRestart.Builder restart(int port) {
    PortRestart.Builder free = PortRestart.free(port);
    stop.applyTo(free);
    return free;
  }

  @Override
  boolean isApproved() {
    return isSet(yes);
  }
}
