// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.NamedFile;
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
    boolean isPath =
        NamedFile.of(name).filter(it -> it.getNameCount() > 1 || it.isAbsolute()).isPresent();
    Stream<Path> places =
        isPath
            ? Stream.of(directory)
            : Arrays.stream((path == null ? "" : path).split(File.pathSeparator))
                .flatMap(place -> NamedFile.of(place).stream())
                .map(directory::resolve);
    return places
        .flatMap(
            place ->
                Platforms.current().programSuffixes().stream()
                    .flatMap(suffix -> NamedFile.of(name + suffix).stream())
                    .map(place::resolve))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }
}
