// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.internal.platform.LaunchRequest;
import io.tcptable.internal.platform.NamedFile;
import io.tcptable.internal.platform.Platform;
import io.tcptable.process.LaunchObstacle;
import io.tcptable.process.LaunchObstacle.Kind;
import io.tcptable.process.ProcessLaunch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides whether what a process tells of its start is the command that started the server. Its
 * arguments are its own claim: they may be a title, or what a library passes to its own processes.
 */
public final class ServerLaunch {

  /** What Python's ways to make processes pass to them. */
  private static final Pattern INTERNAL =
      Pattern.compile(
          "from (?:multiprocess|multiprocessing|billiard|joblib|loky)\\b.*"
              + "|--multiprocessing-fork"
              + "|joblib\\.externals\\.loky\\..*",
          Pattern.DOTALL);

  /** What another directory makes good. */
  private static final Set<Kind> OF_THE_DIRECTORY =
      Set.of(Kind.DIRECTORY_DELETED, Kind.DIRECTORY_CHANGED);

  private final ProcessLaunch launch;
  private final Optional<String> program;
  private final boolean otherDirectory;

  /**
   * @param elsewhere where it is to be started, if not where it runs
   */
  public ServerLaunch(ProcessLaunch launch, Optional<Path> elsewhere, Platform platform) {
    this.launch = launch;
    this.otherDirectory = elsewhere.isPresent();
    this.program =
        launch.arguments().isEmpty()
            ? Optional.empty()
            : launch
                .program()
                .flatMap(
                    file ->
                        new ClaimedProgram(
                                file,
                                elsewhere.or(launch::directory).orElse(Path.of("/")),
                                launch.environment(),
                                platform)
                            .called(launch.arguments().get(0)));
  }

  /** The program, so that the very file of the process runs, and its arguments. */
  public List<String> command() {
    List<String> words = new ArrayList<>(launch.arguments());
    program.ifPresent(it -> words.set(0, it));
    return words;
  }

  /** Whether both were started by the same command in the same way, but for their output. */
  public boolean isSameAs(ServerLaunch other) {
    return command().equals(other.command())
        && launch.directory().equals(other.launch.directory())
        && launch.environment().equals(other.launch.environment())
        && launch.context().equals(other.launch.context());
  }

  /** How the system is asked to start it where it runs, but for its output. */
  public LaunchRequest request() {
    return new LaunchRequest(
        command(),
        launch.environment(),
        launch.directory().orElseThrow(),
        launch.context(),
        Optional.empty(),
        Optional.empty());
  }

  /** What the process tells. */
  public ProcessLaunch launch() {
    return launch;
  }

  /** Why the same server cannot be started again by this; empty if it can. */
  public Optional<LaunchObstacle> obstacle() {
    return launch.obstacles().stream()
        .filter(it -> !otherDirectory || !OF_THE_DIRECTORY.contains(it.kind()))
        .findFirst()
        .or(this::internal)
        .or(() -> otherDirectory ? Optional.empty() : changedDirectory())
        .or(this::otherProgram);
  }

  /** Whether a library starts its own processes so. */
  static boolean isInternal(List<String> arguments) {
    return arguments.stream().anyMatch(word -> INTERNAL.matcher(word).matches());
  }

  private Optional<LaunchObstacle> internal() {
    return isInternal(launch.arguments())
        ? Optional.of(new LaunchObstacle(Kind.INTERNAL, ""))
        : Optional.empty();
  }

  private Optional<LaunchObstacle> otherProgram() {
    return program.isPresent()
        ? Optional.empty()
        : Optional.of(
            new LaunchObstacle(
                Kind.PROGRAM_DIFFERS, launch.program().map(Path::toString).orElse("")));
  }

  /** An argument that names a file where a shell started it, but not where it runs now. */
  private Optional<LaunchObstacle> changedDirectory() {
    Optional<Path> first = NamedFile.of(launch.environment().get("PWD")).filter(Path::isAbsolute);
    Optional<Path> now = launch.directory();
    if (first.isEmpty() || now.isEmpty() || first.equals(now)) {
      return Optional.empty();
    }
    return launch.arguments().stream()
        .filter(word -> !word.isEmpty() && !word.startsWith("-"))
        .filter(
            word ->
                NamedFile.of(word)
                    .filter(it -> !it.isAbsolute())
                    .filter(it -> Files.exists(first.get().resolve(it)))
                    .filter(it -> Files.notExists(now.get().resolve(it)))
                    .isPresent())
        .findFirst()
        .map(word -> new LaunchObstacle(Kind.DIRECTORY_CHANGED, word));
  }
}
