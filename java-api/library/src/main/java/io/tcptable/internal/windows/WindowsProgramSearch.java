// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.platform.NamedFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the file of a program by its name, as PowerShell does: in the directories of {@code PATH}
 * and not in the current one, with the endings of {@code PATHEXT}. {@code CreateProcess} knows no
 * ending but {@code .exe}, so that it must be given the file that was found.
 *
 * @param directory where a relative path begins
 * @param path directories, with {@code ;} between; some may be in quotes
 * @param endings with {@code ;} between
 */
record WindowsProgramSearch(Path directory, String path, String endings) {

  static final String USUAL_ENDINGS = ".COM;.EXE;.BAT;.CMD";

  Optional<Path> find(String name) {
    return isPath(name)
        ? in(directory, name)
        : places().stream().flatMap(place -> in(place, name).stream()).findFirst();
  }

  private static boolean isPath(String name) {
    return name.chars().anyMatch(it -> it == '\\' || it == '/' || it == ':');
  }

  private Optional<Path> in(Path place, String name) {
    return names(name)
        .flatMap(it -> NamedFile.of(it).stream())
        .map(place::resolve)
        .filter(WindowsProgramSearch::isFile)
        .map(Path::normalize)
        .findFirst();
  }

  /** Without an ending, a file is a script for another shell, unless nothing else is there. */
  private Stream<String> names(String name) {
    Stream<String> ended =
        Arrays.stream(endings.split(";")).filter(it -> !it.isBlank()).map(it -> name + it.strip());
    boolean hasEnding =
        name.lastIndexOf('.') > Math.max(name.lastIndexOf('\\'), name.lastIndexOf('/'));
    return hasEnding
        ? Stream.concat(Stream.of(name), ended)
        : isPath(name) ? Stream.concat(ended, Stream.of(name)) : ended;
  }

  /** An alias of an app cannot be read, and can be started. */
  private static boolean isFile(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(file);
  }

  /** Windows ignores blanks at the end of a name, and Java refuses them. */
  private List<Path> places() {
    List<Path> places = new ArrayList<>();
    StringBuilder place = new StringBuilder();
    boolean isQuoted = false;
    for (char c : (path + ";").toCharArray()) {
      if (c == '"') {
        isQuoted = !isQuoted;
      } else if (c != ';' || isQuoted) {
        place.append(c);
      } else {
        if (!place.toString().isBlank()) {
          NamedFile.of(place.toString().strip()).map(directory::resolve).ifPresent(places::add);
        }
        place.setLength(0);
      }
    }
    return places;
  }
}
