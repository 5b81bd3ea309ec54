// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.Advice;
import io.tcptable.internal.Platforms;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to start, and how: as it stands, never through a shell.
 *
 * @param arguments the program and its arguments
 * @param directory where it starts
 * @param environment what to add to this process's own environment
 * @param log where its output goes, at the end of what is there
 */
record StartCommand(
    List<String> arguments, Path directory, Map<String, String> environment, LogFile log) {

  StartCommand {
    arguments = List.copyOf(arguments);
    directory = directory.toAbsolutePath();
    environment = Map.copyOf(environment);
  }

  StartCommand directory(Path other) {
    return new StartCommand(arguments, other, environment, log);
  }

  StartCommand environment(String name, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(name, value);
    return new StartCommand(arguments, directory, more, log);
  }

  StartCommand log(Path other) {
    return new StartCommand(arguments, directory, environment, new LogFile(other));
  }

  /** Why it cannot be started; empty if it can, as far as one may know before. */
  Optional<Refusal> refusal() {
    return Startable.refusal(this)
        .map(why -> Refusal.of(Refusal.Kind.COMMAND_UNUSABLE, why))
        .or(log::refusal);
  }

  Map<String, String> wholeEnvironment() {
    Map<String, String> whole = new LinkedHashMap<>(System.getenv());
    whole.putAll(environment);
    return whole;
  }

  /** A command that shows the last lines of the log. */
  Advice readLog() {
    return new Advice.Command(Platforms.current().commands().lastLines(log.toString()));
  }

  /** The words of the command, those with spaces in quotes. */
  @Override
  public String toString() {
    return Platforms.current().shell().command(arguments);
  }
}
