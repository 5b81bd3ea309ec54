// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.Advice;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.LaunchRequest;
import io.tcptable.internal.server.PortScope;
import io.tcptable.process.ProcessLaunch;
import io.tcptable.restart.Refusal.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to start, and how: as it stands, never through a shell that would read its words.
 *
 * @param arguments the program and its arguments
 * @param directory where it starts
 * @param changes what to change in the environment
 * @param output where its output goes, at the end of what is there
 * @param was the process that it is to be like; empty to be like this process
 */
record StartCommand(
    List<String> arguments,
    Path directory,
    EnvironmentChanges changes,
    ServerOutput output,
    Optional<ProcessLaunch> was) {

  StartCommand {
    arguments = List.copyOf(arguments);
    directory = directory.toAbsolutePath();
  }

  /** The command that a request says. */
  static StartCommand of(StartSettings settings, PortScope scope) {
    return new StartCommand(
        settings.arguments(),
        settings.directory().orElse(Path.of("")),
        settings.environment(),
        ServerOutput.both(LogFile.own(settings.log().orElseGet(() -> LogFile.usual(scope)))),
        Optional.empty());
  }

  /** Why it cannot be started; empty if it can, as far as one may know before. */
  Optional<Refusal> refusal() {
    return Startable.refusal(this)
        .map(StartCommand::unusable)
        .or(() -> output.files().stream().flatMap(log -> log.refusal().stream()).findFirst())
        .or(this::lineRefusal);
  }

  private Optional<Refusal> lineRefusal() {
    try {
      if (was.isPresent()) {
        Platforms.current().launchLine(request());
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(unusable(this + " cannot be started as it was: " + e.getMessage()));
    }
  }

  private static Refusal unusable(String why) {
    return Refusal.of(Kind.COMMAND_UNUSABLE, why);
  }

  Map<String, String> wholeEnvironment() {
    Map<String, String> whole =
        new LinkedHashMap<>(was.map(ProcessLaunch::environment).orElseGet(System::getenv));
    changes.applyTo(whole);
    return whole;
  }

  /**
   * What the system is given to start it.
   *
   * @throws IOException if that cannot be started; the message says why
   */
  List<String> words() throws IOException {
    return Platforms.current().startable(arguments, directory, wholeEnvironment());
  }

  /** What the system is asked for, of a command that is to be like another process. */
  LaunchRequest request() {
    return new LaunchRequest(
        arguments,
        wholeEnvironment(),
        directory,
        was.flatMap(ProcessLaunch::context),
        output.output().openedByServer(),
        output.error().openedByServer());
  }

  /** Where its errors go, and usually all that it writes. */
  LogFile log() {
    return output.error();
  }

  /** A command that shows the last lines of the log. */
  Advice readLog() {
    return new Advice.Command(Platforms.current().commands().lastLines(log().toString()));
  }

  /** The words of the command, those with spaces in quotes. */
  @Override
  public String toString() {
    return Platforms.current().shell().command(arguments);
  }
}
