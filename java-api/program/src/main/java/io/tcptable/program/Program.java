// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tcptable.program.command.Arguments;
import io.tcptable.program.command.Command;
import io.tcptable.program.command.ExitCode;
import io.tcptable.program.command.Failures;
import io.tcptable.program.demo.DemoCommand;
import io.tcptable.program.diagnose.DiagnoseCommand;
import io.tcptable.program.drop.DropCommand;
import io.tcptable.program.export.ExportCommand;
import io.tcptable.program.guard.GuardCommand;
import io.tcptable.program.list.ListCommand;
import io.tcptable.program.record.RecordCommand;
import io.tcptable.program.report.ReportCommand;
import io.tcptable.program.restart.FreeCommand;
import io.tcptable.program.restart.RestartCommand;
import io.tcptable.program.restart.StartCommand;
import io.tcptable.program.restart.WaitCommand;
import io.tcptable.program.terminal.ColourChoice;
import io.tcptable.program.terminal.Terminal;
import io.tcptable.program.watch.WatchCommand;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/** The command {@code tcptable}, which only knows the others. */
public final class Program extends Command {

  private static final List<String> COMMANDS =
      List.of(
          "list",
          "diagnose",
          "watch",
          "restart",
          "free",
          "start",
          "guard",
          "record",
          "report",
          "wait",
          "drop",
          "export",
          "demo");

  private Program(Terminal terminal) {
    super("tcptable", terminal);
    spec.usageMessage()
        .header("Who is on this TCP port, in which state, and why does it not answer?")
        .customSynopsis("tcptable COMMAND [ARGUMENTS]", "tcptable [PORT]")
        .exitCodeList(ExitCode.ofAll())
        .footer(
            "",
            "Examples:",
            "  tcptable               who listens here, as list --listen",
            "  tcptable 3001          why port 3001 does not answer, as diagnose 3001",
            "  tcptable list 3001     only the sockets on port 3001",
            "  tcptable demo          the whole story, on a broken demo server",
            "  tcptable list --help   the options of list, and what its columns mean");
  }

  /** One line a command, and its name above. */
  private static Command command(String name, Terminal terminal) {
    return switch (name) {
      case "list" -> new ListCommand(terminal);
      case "diagnose" -> new DiagnoseCommand(terminal);
      case "watch" -> new WatchCommand(terminal, Program::execute);
      case "restart" -> new RestartCommand(terminal);
      case "free" -> new FreeCommand(terminal);
      case "start" -> new StartCommand(terminal);
      case "guard" -> new GuardCommand(terminal);
      case "record" -> new RecordCommand(terminal);
      case "report" -> new ReportCommand(terminal);
      case "wait" -> new WaitCommand(terminal);
      case "drop" -> new DropCommand(terminal);
      case "export" -> new ExportCommand(terminal);
      case "demo" -> new DemoCommand(terminal, words -> execute(terminal, words));
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** Runs a command; the result is one of {@link ExitCode}. A port alone is to be diagnosed. */
  static int execute(Terminal terminal, String... arguments) {
    String[] words = arguments;
    if (arguments.length > 0 && Arguments.looksLikePort(arguments[0])) {
      words = Stream.concat(Stream.of("diagnose"), Stream.of(arguments)).toArray(String[]::new);
    }
    return commandLine(terminal, words).execute(words);
  }

  /** What parses and runs these arguments. Of the commands, only the one named is built. */
  public static CommandLine commandLine(Terminal terminal, String... arguments) {
    CommandLine program = new CommandLine(new Program(terminal).complete());
    String first = arguments.length == 0 ? "" : arguments[0];
    for (String name : COMMANDS.contains(first) ? List.of(first) : COMMANDS) {
      program.addSubcommand(name, new CommandLine(command(name, terminal).complete()));
    }
    Failures failures = new Failures(terminal);
    return program
        .setExpandAtFiles(false)
        .setOverwrittenOptionsAllowed(true)
        .setParameterExceptionHandler(failures::misused)
        .setExecutionExceptionHandler(failures::failed)
        .setOut(new PrintWriter(terminal.out(), false, UTF_8))
        .setColorScheme(
            Help.defaultColorScheme(ColourChoice.AUTO.isColoured(terminal) ? Ansi.ON : Ansi.OFF));
  }

  /** Without a command: who listens here. */
  @Override
  protected int run() {
    Stream<String> options = spec.commandLine().getParseResult().originalArgs().stream();
    int code =
        execute(
            terminal, Stream.concat(Stream.of("list", "--listen"), options).toArray(String[]::new));
    terminal.out().println();
    terminal.out().println("Why a port does not answer: tcptable PORT. Help: tcptable --help");
    return code;
  }
}
