// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.demo;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.Phrase;
import io.tcptable.program.command.Command;
import io.tcptable.program.command.ExitCode;
import io.tcptable.program.command.SignalGuard;
import io.tcptable.program.terminal.Terminal;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code tcptable demo}: a hung server for those who have none at hand. */
public final class DemoCommand extends Command {

  private final Demonstration.Commands commands;

  /**
   * @param commands runs the other commands
   */
  public DemoCommand(Terminal terminal, Demonstration.Commands commands) {
    super("demo", terminal);
    this.commands = commands;
    spec.usageMessage()
        .header("Show the other commands at work on a broken demo server.")
        .customSynopsis("tcptable demo")
        .footer(
            "",
            "Starts several instances of a broken backend on a free port. They do not answer.",
            "Diagnoses the port, and restarts it: one healthy instance is left. Every process",
            "it starts is terminated at the end, also after Ctrl-C.")
        .exitCodeList(meanings());
  }

  private static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put("0", "the server was healthy at the end");
    meanings.put("3", "it was not healthy, or the demo failed");
    meanings.put("130", Platforms.current().phrases().of(Phrase.HELP_INTERRUPTIONS));
    return meanings;
  }

  @Override
  protected int run() throws IOException {
    Demonstration demonstration = new Demonstration(commands, terminal.out());
    SignalGuard interruption = SignalGuard.ofThisThread(terminal);
    try {
      return demonstration.run() ? ExitCode.FOUND : ExitCode.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      terminal.warn("interrupted; all processes of the demo were terminated");
      return ExitCode.FAILED;
    } finally {
      interruption.over();
    }
  }
}
