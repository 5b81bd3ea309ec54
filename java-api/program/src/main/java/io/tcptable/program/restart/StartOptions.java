// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.restart;

import io.tcptable.health.HealthProbe;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.Phrase;
import io.tcptable.program.command.Arguments;
import io.tcptable.program.command.Command;
import io.tcptable.program.command.HealthOptions;
import io.tcptable.program.command.PortArgument;
import io.tcptable.restart.PortRestart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The options of commands that start a server, and the command to start. */
public final class StartOptions {

  private final Command command;
  private final OptionSpec directory;
  private final OptionSpec variables;
  private final OptionSpec log;
  private final OptionSpec timeout;
  private final HealthOptions health;
  private final PositionalParamSpec words;

  /** Adds them to a command that always needs COMMAND. */
  public StartOptions(Command command) {
    this(command, false);
  }

  /** Adds them to a command that starts the server as it was if COMMAND is left out. */
  static StartOptions withOptionalCommand(Command command) {
    return new StartOptions(command, true);
  }

  private StartOptions(Command command, boolean isOptional) {
    this.command = command;
    directory =
        command.option(
            OptionSpec.builder("--cwd")
                .paramLabel("DIRECTORY")
                .type(Path.class)
                .converters(Arguments::path)
                .description(
                    "Working directory of COMMAND (default: the current one"
                        + (isOptional ? "; without COMMAND, that of the server" : "")
                        + ")."));
    variables =
        command.option(
            OptionSpec.builder("--env")
                .paramLabel("NAME=VALUE")
                .type(List.class)
                .auxiliaryTypes(Map.Entry.class)
                .converters(Arguments::variable)
                .description(
                    "Environment variable to set for COMMAND; NAME- leaves it out; can be"
                        + " repeated."));
    log =
        command.option(
            OptionSpec.builder("--log")
                .paramLabel("FILE")
                .type(Path.class)
                .converters(Arguments::path)
                .description(
                    "File to which the output of COMMAND is appended (default"
                        + " tcptable/tcptable-PORT.log, or with an address"
                        + " tcptable-PORT-ADDRESS.log, in "
                        + Platforms.current().phrases().of(Phrase.HELP_STATE_DIRECTORY)
                        + (isOptional
                            ? "; without COMMAND, the file that the server writes to, if it is one"
                            : "")
                        + ")."));
    timeout =
        command.time("--timeout", "How long the server may take to become healthy (default 30s).");
    health = new HealthOptions(command);
    words =
        PositionalParamSpec.builder()
            .paramLabel("COMMAND [ARGUMENT...]")
            .index("1..*")
            .arity("0..1")
            .hideParamSyntax(true)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description(
                "Program to start and its arguments, after --. No shell is involved. A"
                    + " program that goes into the background is followed.")
            .build();
    command.add(words);
  }

  /** The words of the command to start; there must be some. */
  public String[] command(String example) {
    return given().orElseThrow(() -> command.misused("no command to start; try: " + example));
  }

  /** The words of the command to start, if there are any. */
  Optional<String[]> command() {
    Optional<String[]> given = given();
    if (given.isEmpty() && command.isGiven("--")) {
      throw command.misused(
          "no command after --; leave out -- to start the server again as it was");
    }
    return given;
  }

  private Optional<String[]> given() {
    List<String> given = words.getValue();
    return given == null || given.isEmpty()
        ? Optional.empty()
        : Optional.of(given.toArray(new String[0]));
  }

  /** The health check that they describe. */
  public HealthProbe health(PortArgument on) {
    return health.probe(on);
  }

  /** With all of them. */
  public PortRestart applyTo(PortRestart given, PortArgument on) {
    PortRestart restart = given;
    Path place = directory.getValue();
    if (place != null) {
      restart = restart.directory(place);
    }
    List<Map.Entry<String, Optional<String>>> more = variables.getValue();
    if (more != null) {
      for (Map.Entry<String, Optional<String>> variable : more) {
        restart = with(restart, variable.getKey(), variable.getValue());
      }
    }
    Path file = log.getValue();
    if (file != null) {
      restart = restart.log(file);
    }
    Duration longest = timeout.getValue();
    if (longest != null) {
      restart = restart.timeout(longest);
    }
    return restart.health(health.probe(on));
  }

  private static PortRestart with(PortRestart restart, String name, Optional<String> value) {
    return value.isPresent()
        ? restart.environment(name, value.get())
        : restart.unsetEnvironment(name);
  }
}
