// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.internal.platform.NamedFile;
import io.tcptable.internal.platform.Platform;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The command that a process was started with, as far as it can be believed. A process may
 * overwrite its arguments, so what they name as the program must be the file that the kernel runs.
 */
final class ClaimedCommand {

  /** A longer command is not for a person to paste. */
  private static final int MOST_CHARACTERS = 8_000;

  /** What the kernel appends to a file that was replaced, see {@code proc_pid_exe(5)}. */
  private static final String DELETED = " (deleted)";

  /** A terminal does not show these as they are, nor is a word that was no text what it was. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\x{FFFD}\u2028\u2029]");

  private ClaimedCommand() {}

  /** The words of the command; empty if it cannot be believed, or not be pasted. */
  static List<String> of(ProcessEvidence process, Platform platform) {
    String path = System.getenv("PATH");
    return of(process, platform, path == null ? "" : path);
  }

  /**
   * The same.
   *
   * @param path where a shell looks for programs, as in {@code PATH}
   */
  static List<String> of(ProcessEvidence process, Platform platform, String path) {
    List<String> claimed = process.commandLine();
    if (claimed.isEmpty()
        || process.commandLineOmitted() > 0
        || process.executable().isEmpty()
        || claimed.stream().mapToInt(String::length).sum() > MOST_CHARACTERS
        || claimed.stream().anyMatch(word -> !isPrintable(word))) {
      return List.of();
    }
    return program(claimed.get(0), process, platform, path)
        .map(program -> with(program, claimed))
        .orElse(List.of());
  }

  /** Whether a person sees all of a text, and a terminal passes it on unchanged. */
  static boolean isPrintable(String text) {
    return !UNPRINTABLE.matcher(text).find();
  }

  private static List<String> with(String program, List<String> claimed) {
    List<String> words = new ArrayList<>(claimed);
    words.set(0, program);
    return words;
  }

  /** How to name the program so that a shell runs the very file of the process. */
  private static Optional<String> program(
      String claimed, ProcessEvidence process, Platform platform, String path) {
    String file = process.executable().orElseThrow().toString();
    Path runs =
        Path.of(
            file.endsWith(DELETED) ? file.substring(0, file.length() - DELETED.length()) : file);
    try {
      if (claimed.indexOf('/') >= 0 || claimed.indexOf(File.separatorChar) >= 0) {
        Path named = Path.of(claimed);
        Optional<Path> resolved =
            named.isAbsolute()
                ? Optional.of(named)
                : process.workingDirectory().map(directory -> directory.resolve(named));
        return resolved.filter(it -> isSame(it, runs)).map(it -> claimed);
      }
      return onPath(claimed, platform, path).filter(found -> isSame(found, runs)).isPresent()
          ? Optional.of(claimed)
          : Optional.of(runs.toString()).filter(it -> isNameOf(claimed, runs, platform));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static boolean isNameOf(String claimed, Path file, Platform platform) {
    Path name = file.getFileName();
    return name != null
        && platform.programSuffixes().stream()
            .anyMatch(suffix -> name.toString().equalsIgnoreCase(claimed + suffix));
  }

  /** Where a shell finds a program by its name. */
  private static Optional<Path> onPath(String name, Platform platform, String path) {
    for (String directory : path.split(File.pathSeparator, -1)) {
      for (String suffix : platform.programSuffixes()) {
        Optional<Path> file =
            NamedFile.of(directory)
                .filter(Path::isAbsolute)
                .map(place -> place.resolve(name + suffix))
                .filter(it -> Files.isRegularFile(it) && Files.isExecutable(it));
        if (file.isPresent()) {
          return file;
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isSame(Path one, Path other) {
    return real(one).equals(real(other));
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.normalize();
    }
  }
}
