// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.restart;

import io.tcptable.program.command.Arguments;
import io.tcptable.program.command.Command;
import io.tcptable.restart.PortRestart;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** The options of commands that stop the owners of a port. */
final class StopOptions {

  private final OptionSpec grace;
  private final OptionSpec settle;
  private final OptionSpec keep;
  private final OptionSpec partial;
  private final OptionSpec ignoreSupervisor;
  private final OptionSpec otherPorts;

  /** Adds them to a command. */
  StopOptions(Command command) {
    grace =
        command.time(
            "--grace",
            "How long a process may take to terminate before it is killed (default 5s).");
    settle = command.time("--settle", "How long the port must then stay free (default 1s).");
    keep =
        command.option(
            OptionSpec.builder("--keep")
                .paramLabel("PID")
                .type(List.class)
                .auxiliaryTypes(Integer.class)
                .converters(Arguments::pid)
                .splitRegex(",")
                .description("Never stop these processes; can be repeated."));
    partial =
        command.flag(
            "Stop the owners that this user may stop, even if others remain.", "--partial");
    ignoreSupervisor =
        command.flag(
            "Stop the owners even if a supervisor manages them; it may start them again.",
            "--ignore-supervisor");
    otherPorts =
        command.flag("Stop the owners even if they also serve other ports.", "--also-stops");
  }

  PortRestart applyTo(PortRestart given) {
    PortRestart restart = given;
    Duration patience = grace.getValue();
    if (patience != null) {
      restart = restart.grace(patience);
    }
    Duration quiet = settle.getValue();
    if (quiet != null) {
      restart = restart.settle(quiet);
    }
    List<Integer> kept = keep.getValue();
    if (kept != null) {
      for (int pid : kept) {
        restart = restart.keep(pid);
      }
    }
    if (Command.isSet(partial)) {
      restart = restart.allowPartial();
    }
    if (Command.isSet(ignoreSupervisor)) {
      restart = restart.ignoreSupervisor();
    }
    if (Command.isSet(otherPorts)) {
      restart = restart.allowOtherPorts();
    }
    return restart;
  }
}
