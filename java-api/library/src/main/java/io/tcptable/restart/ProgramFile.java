// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.internal.Platforms;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the file of a program as the system would, to know before anything is stopped. */
final class ProgramFile {

  private ProgramFile() {}

  /**
   * Looks for a program.
   *
   * @param name a path, or a name to be looked for
   * @param directory where a relative path begins
   * @param path the directories to look in, as in the variable PATH
   */
  static Optional<Path> find(String name, Path directory, @Nullable String path) {
    Path named = Path.of(name);
    Stream<Path> places =
        named.getNameCount() > 1 || named.isAbsolute()
            ? Stream.of(directory.resolve(named))
            : Arrays.stream((path == null ? "" : path).split(File.pathSeparator))
                .map(place -> directory.resolve(place).resolve(named));
    return places
        .flatMap(
            place ->
                Platforms.current().programSuffixes().stream()
                    .map(suffix -> Path.of(place + suffix)))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }
}
