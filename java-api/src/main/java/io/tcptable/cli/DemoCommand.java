package io.tcptable.cli;

import io.tcptable.cli.demo.Demonstration;
import java.io.IOException;

/** {@code tcptable demo}: a hung server for somebody who has none at hand. */
final class DemoCommand extends Command {

  DemoCommand(Terminal terminal) {
    super("demo", terminal);
    spec.usageMessage()
        .header("Show on a broken server of its own what the other commands do.")
        .customSynopsis("tcptable demo")
        .footer(
            "",
            "On a free port it starts several instances of a backend that does not answer,",
            "diagnoses them, restarts to one healthy instance, and ends all it has started.");
  }

  @Override
  int run() throws IOException {
    Demonstration demonstration =
        new Demonstration(
            words -> Program.commandLine(terminal, words).execute(words), terminal.out());
    return demonstration.run() ? ExitCode.FOUND : ExitCode.FAILED;
  }
}
