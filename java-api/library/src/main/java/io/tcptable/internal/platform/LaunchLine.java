// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command line that starts a program in the context of another process, under the PID that the
 * command line gets itself.
 *
 * @param words the program and its arguments
 * @param environment all variables that it is to be given, and no others
 * @param directory where to start it; empty if the command line goes there itself
 */
public record LaunchLine(
    List<String> words, Map<String, String> environment, Optional<Path> directory) {

  /** Keeps its own copies. */
  public LaunchLine {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }

  /** What starts it. */
  public ProcessBuilder builder() {
    ProcessBuilder builder = new ProcessBuilder(words);
    directory.map(Path::toFile).ifPresent(builder::directory);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  /** Its variables may be secrets. */
  @Override
  public String toString() {
    return words.toString();
  }
}
