// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.binding.WindowsCalls;
import io.tcptable.internal.platform.NamedFile;
import io.tcptable.process.LaunchObstacle;
import io.tcptable.process.LaunchObstacle.Kind;
import io.tcptable.process.ProcessLaunch;
import io.tcptable.process.ProcessLaunch.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** How a process was started and runs, with all that keeps it from being started again so. */
final class WindowsLaunch {

  private static final String EXE = ".exe";

  /** Reads its command line by rules of its own. */
  private static final String COMMAND_INTERPRETER = "cmd.exe";

  /** Tells a program that its parent has opened a pipe for it. */
  private static final String SAYS_DESCRIPTORS = "NODE_CHANNEL_FD";

  private final List<LaunchObstacle> obstacles = new ArrayList<>();
  private final AccountReader accounts;
  private final ProcessParameters parameters;
  private final long process;

  /**
   * @param process a handle with the rights to query and to read memory
   */
  WindowsLaunch(WindowsCalls calls, long process) {
    this.accounts = new AccountReader(calls);
    this.parameters = new ProcessParameters(calls, process);
    this.process = process;
  }

  /** Of a process that this user may not look into, or whose obstacles are enough. */
  static ProcessLaunch unknown(List<LaunchObstacle> obstacles) {
    return new ProcessLaunch(
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Target.UNKNOWN,
        Target.UNKNOWN,
        obstacles);
  }

  static LaunchObstacle unreadable(String what) {
    return new LaunchObstacle(Kind.UNREADABLE, what);
  }

  /**
   * What can be read of it; what cannot is an obstacle.
   *
   * @param self a handle of this process
   * @param image the file that it runs
   */
  ProcessLaunch read(long self, Optional<String> image, Instant startedAt) {
    compare("its user", self, accounts::of, Kind.OTHER_USER);
    compare("its rights", self, accounts::integrity, Kind.OTHER_RIGHTS);
    Optional<Path> program = image.flatMap(NamedFile::of);
    if (program.isEmpty()) {
      obstacles.add(unreadable("its program"));
    } else if (!hasBeenThereSince(startedAt, program.get())) {
      obstacles.add(new LaunchObstacle(Kind.PROGRAM_DELETED, program.get().toString()));
    }
    Optional<String> line = known(parameters.commandLine(), "its command line");
    Map<String, String> environment =
        known(parameters.environment(), "its environment")
            .map(EnvironmentBlock::variables)
            .orElse(Map.of());
    if (environment.containsKey(SAYS_DESCRIPTORS)) {
      obstacles.add(new LaunchObstacle(Kind.DESCRIPTORS_PASSED, SAYS_DESCRIPTORS));
    }
    return new ProcessLaunch(
        line.map(this::arguments).orElse(List.of()),
        program,
        directory(),
        environment,
        Optional.empty(),
        Target.UNKNOWN,
        Target.UNKNOWN,
        obstacles);
  }

  private Optional<String> known(Optional<String> read, String what) {
    if (read.isEmpty()) {
      obstacles.add(unreadable(what));
    }
    return read;
  }

  private void compare(
      String what, long self, LongFunction<Optional<String>> of, Kind ifDifferent) {
    known(of.apply(process), what)
        .filter(it -> !of.apply(self).equals(Optional.of(it)))
        .ifPresent(it -> obstacles.add(new LaunchObstacle(ifDifferent, it)));
  }

  /** A file cannot be written to while it runs, but another one can take its name. */
  private static boolean hasBeenThereSince(Instant startedAt, Path program) {
    try {
      BasicFileAttributes file = Files.readAttributes(program, BasicFileAttributes.class);
      return !file.creationTime().toInstant().isAfter(startedAt)
          && !file.lastModifiedTime().toInstant().isAfter(startedAt);
    } catch (IOException e) {
      return false;
    }
  }

  private Optional<Path> directory() {
    Optional<Path> directory =
        known(parameters.currentDirectory(), "its directory").flatMap(NamedFile::of);
    directory
        .filter(it -> !Files.isDirectory(it))
        .ifPresent(it -> obstacles.add(new LaunchObstacle(Kind.DIRECTORY_DELETED, it.toString())));
    return directory;
  }

  /**
   * Windows looks for a program that is called by its name alone, or by a relative path, from where
   * its parent is. So the path counts that it was loaded by.
   */
  private List<String> arguments(String line) {
    List<String> words = new ArrayList<>(CommandLine.split(line));
    Optional<String> loaded = parameters.image();
    if (words.isEmpty() || loaded.isEmpty()) {
      return words;
    }
    if (names(words.get(0), loaded.get())) {
      words.set(0, loaded.get());
    }
    if (lastName(loaded.get()).equalsIgnoreCase(COMMAND_INTERPRETER)
        && !CommandLine.ofProcessBuilder(words.subList(1, words.size()))
            .equals(CommandLine.afterProgram(line))) {
      obstacles.add(new LaunchObstacle(Kind.ARGUMENTS_AMBIGUOUS, line));
    }
    return words;
  }

  /** Whether a program was called by its name or a relative path; with or without its ending. */
  private static boolean names(String called, String loaded) {
    return isAbsolute(called)
        ? (called + EXE).equalsIgnoreCase(loaded)
        : lastName(loaded).equalsIgnoreCase(lastName(called))
            || lastName(loaded).equalsIgnoreCase(lastName(called) + EXE);
  }

  /** By drive, or by server. */
  private static boolean isAbsolute(String path) {
    return path.matches("(?s)[A-Za-z]:[\\\\/].*|[\\\\/]{2}.*");
  }

  private static String lastName(String path) {
    return path.substring(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
  }
}
