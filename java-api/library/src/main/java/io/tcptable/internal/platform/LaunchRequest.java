// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import io.tcptable.process.ProcessLaunch.Context;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be started as another process was.
 *
 * @param words the program and its arguments
 * @param environment all its variables
 * @param directory its working directory
 * @param context what it is to inherit; empty if that is not known on this system
 * @param output a file that its own user opens for its output; empty if it inherits that
 * @param error the same for its error output
 */
public record LaunchRequest(
    List<String> words,
    Map<String, String> environment,
    Path directory,
    Optional<Context> context,
    Optional<Path> output,
    Optional<Path> error) {

  /** Keeps its own copies. */
  public LaunchRequest {
    words = List.copyOf(words);
    environment = new LinkedHashMap<>(environment);
  }

  /** The same for another program. */
  public LaunchRequest words(List<String> other) {
    return new LaunchRequest(other, environment, directory, context, output, error);
  }
}
