// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a request says of the start.
 *
 * @param mode what is to be started
 * @param arguments the program and its arguments, if it says them
 * @param directory where it starts, if it says so
 * @param environment what it changes
 * @param log where the output goes, if it says so
 */
record StartSettings(
    Mode mode,
    List<String> arguments,
    Optional<Path> directory,
    EnvironmentChanges environment,
    Optional<Path> log) {

  /** What is to be started. */
  enum Mode {
    NOTHING,
    COMMAND,
    AS_IT_WAS,
    BY_RUNTIME
  }

  static final StartSettings NOTHING = of(Mode.NOTHING, List.of());
  static final StartSettings AS_IT_WAS = of(Mode.AS_IT_WAS, List.of());
  static final StartSettings BY_RUNTIME = of(Mode.BY_RUNTIME, List.of());

  StartSettings {
    arguments = List.copyOf(arguments);
  }

  static StartSettings command(List<String> arguments) {
    return of(Mode.COMMAND, arguments);
  }

  private static StartSettings of(Mode mode, List<String> arguments) {
    return new StartSettings(
        mode, arguments, Optional.empty(), EnvironmentChanges.NONE, Optional.empty());
  }

  StartSettings directory(Path other) {
    return new StartSettings(mode, arguments, Optional.of(other), environment, log);
  }

  StartSettings environment(EnvironmentChanges other) {
    return new StartSettings(mode, arguments, directory, other, log);
  }

  StartSettings log(Path other) {
    return new StartSettings(mode, arguments, directory, environment, Optional.of(other));
  }
}
