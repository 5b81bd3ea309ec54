// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.internal.platform.Platform;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The program that a process says it was called by, as far as it can be believed. A process may
 * overwrite its arguments, so what they name as the program must be the file that the system runs.
 *
 * @param file the file that the system runs
 * @param directory where a relative name begins
 * @param environment the variables that tell where names are looked for
 */
record ClaimedProgram(
    Path file, Path directory, Map<String, String> environment, Platform platform) {

  /**
   * How to call the program so that the very file of the process runs: as it was called, or by its
   * path if only the name is the same. Empty if the name is that of another program.
   */
  Optional<String> called(String claimed) {
    try {
      if (claimed.indexOf('/') >= 0 || claimed.indexOf(File.separatorChar) >= 0) {
        return Optional.of(claimed).filter(it -> isSame(directory.resolve(it)));
      }
      return onPath(claimed).filter(this::isSame).isPresent()
          ? Optional.of(claimed)
          : byPath(claimed);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private Optional<String> byPath(String name) {
    return platform
        .findProgram(file.resolveSibling(name).toString(), directory, environment)
        .filter(this::isSame)
        .map(it -> file.toString());
  }

  /** Where the system finds a program by its name. */
  private Optional<Path> onPath(String name) {
    return platform.findProgram(name, directory, environment);
  }

  private boolean isSame(Path other) {
    try {
      return Files.isSameFile(file, other);
    } catch (IOException e) {
      return false;
    }
  }
}
