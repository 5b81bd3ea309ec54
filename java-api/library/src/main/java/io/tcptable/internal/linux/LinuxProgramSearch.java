// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import io.tcptable.internal.platform.NamedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the file of a program by its name, as {@code execvp(3)} does.
 *
 * @param directory where a relative path begins
 * @param path directories, with {@code :} between; an empty one is the current one
 */
record LinuxProgramSearch(Path directory, String path) {

  /** What is searched if there is no {@code PATH}. */
  static final String USUAL_PATH = "/bin:/usr/bin";

  Optional<Path> find(String name) {
    return files(name).filter(Files::isExecutable).findFirst();
  }

  /**
   * The same.
   *
   * @throws IOException if there is none that this user may execute; the message says why
   */
  Path require(String name) throws IOException {
    Optional<Path> found = find(name);
    if (found.isPresent()) {
      return found.get();
    }
    Optional<Path> forbidden = files(name).findFirst();
    throw new IOException(
        forbidden.isEmpty()
            ? "no such program: " + name
            : forbidden.get()
                + (isMeantToBeExecuted(forbidden.get())
                    ? " may not be executed by this user, or from a file system mounted noexec"
                    : " is not executable: run chmod +x, or name the program that runs it"));
  }

  private Stream<Path> files(String name) {
    List<String> places = name.indexOf('/') >= 0 ? List.of("") : List.of(path.split(":", -1));
    return name.isEmpty()
        ? Stream.empty()
        : places.stream()
            .flatMap(place -> NamedFile.of(place).stream())
            .map(directory::resolve)
            .flatMap(place -> NamedFile.of(name).stream().map(place::resolve))
            .filter(Files::isRegularFile);
  }

  private static boolean isMeantToBeExecuted(Path file) {
    try {
      return ((Integer) Files.getAttribute(file, "unix:mode") & 0111) != 0;
    } catch (IOException e) {
      return true;
    }
  }
}
