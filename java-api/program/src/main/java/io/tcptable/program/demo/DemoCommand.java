// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.demo;

import io.tcptable.program.Program;
import io.tcptable.program.command.Command;
import io.tcptable.program.command.ExitCode;
import io.tcptable.program.command.SignalGuard;
import io.tcptable.program.command.SystemHelp;
import io.tcptable.program.terminal.Terminal;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code tcptable demo}: a hung server for somebody who has none at hand. */
public final class DemoCommand extends Command {

  public DemoCommand(Terminal terminal) {
    super("demo", terminal);
    spec.usageMessage()
        .header("Show on a broken server of its own what the other commands do.")
        .customSynopsis("tcptable demo")
        .footer(
            "",
            "On a free port it starts several instances of a backend that does not answer,",
            "diagnoses them, restarts to one healthy instance, and ends all it has started,",
            "also on Ctrl-C.")
        .exitCodeList(meanings());
  }

  private static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put("0", "the server was healthy in the end");
    meanings.put("3", "it was not, or the demonstration failed");
    meanings.put("130", SystemHelp.ofThisSystem().interruptions());
    return meanings;
  }

  @Override
  protected int run() throws IOException {
    Demonstration demonstration =
        new Demonstration(
            words -> Program.commandLine(terminal, words).execute(words), terminal.out());
    SignalGuard interruption = SignalGuard.ofThisThread();
    try {
      return demonstration.run() ? ExitCode.FOUND : ExitCode.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      terminal.warn("interrupted; all that the demonstration started is ended");
      return ExitCode.FAILED;
    } finally {
      interruption.over();
    }
  }
}
