// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.command;

import io.tcptable.restart.PortRestart;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

  /** Adds them to a command. */
  public StartOptions(Command command) {
    this.command = command;
    directory =
        command.option(
            OptionSpec.builder("--cwd")
                .paramLabel("DIRECTORY")
                .type(Path.class)
                .converters(Arguments::path)
                .description("Where COMMAND starts; by default here."));
    variables =
        command.option(
            OptionSpec.builder("--env")
                .paramLabel("NAME=VALUE")
                .type(List.class)
                .auxiliaryTypes(Map.Entry.class)
                .converters(Arguments::variable)
                .description("One more variable for it; may be given several times."));
    log =
        command.option(
            OptionSpec.builder("--log")
                .paramLabel("FILE")
                .type(Path.class)
                .converters(Arguments::path)
                .description(
                    "Where its output goes, behind what is there; by default"
                        + " tcptable/tcptable-PORT.log in "
                        + SystemHelp.ofThisSystem().stateFolder()
                        + "."));
    timeout =
        command.option(
            OptionSpec.builder("--timeout")
                .paramLabel("TIME")
                .type(Duration.class)
                .converters(Arguments::duration)
                .description("How long it may take until it is healthy; by default 30s."));
    health = new HealthOptions(command);
    words =
        PositionalParamSpec.builder()
            .paramLabel("COMMAND")
            .index("1..*")
            .arity("0..1")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description(
                "The program to start and its arguments, after --; no shell sees them. It must"
                    + " stay in the foreground.")
            .build();
    command.spec.addPositional(words);
  }

  /** The words of the command to start. */
  public String[] command(String example) {
    List<String> given = words.getValue();
    if (given == null || given.isEmpty()) {
      throw command.misused("no command to start: say for example '" + example + "'");
    }
    return given.toArray(new String[0]);
  }

  public void applyTo(PortRestart.Builder restart, int port) {
    Path place = directory.getValue();
    if (place != null) {
      restart.directory(place);
    }
    List<Map.Entry<String, String>> more = variables.getValue();
    if (more != null) {
      more.forEach(variable -> restart.environment(variable.getKey(), variable.getValue()));
    }
    Path file = log.getValue();
    if (file != null) {
      restart.log(file);
    }
    Duration longest = timeout.getValue();
    if (longest != null) {
      restart.timeout(longest);
    }
    restart.health(health.probe(port));
  }
}
