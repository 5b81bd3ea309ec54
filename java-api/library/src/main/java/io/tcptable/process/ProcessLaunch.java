// SPDX-License-Identifier: Apache-2.0
package io.tcptable.process;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a process was started and runs: what it takes to start the same again. Arguments and
 * environment are in the memory of the process, which may have changed them.
 *
 * <p>The environment often holds passwords and tokens: {@link #toString()} leaves it out.
 *
 * @param arguments the program, as it was called, and its arguments
 * @param program the file of the program; empty if not known
 * @param directory the working directory; empty if not known
 * @param environment the variables that it was started with, in their order; on Windows those that
 *     it has now
 * @param context what the system keeps of it and its children inherit; empty if not known, or on
 *     Windows
 * @param output where its standard output goes
 * @param error where its standard error goes
 * @param obstacles why it cannot be started again like this, the plainest first; then any of the
 *     others may be empty
 */
public record ProcessLaunch(
    List<String> arguments,
    Optional<Path> program,
    Optional<Path> directory,
    Map<String, String> environment,
    Optional<Context> context,
    Target output,
    Target error,
    List<LaunchObstacle> obstacles) {

  /** Keeps its own copies. */
  public ProcessLaunch {
    arguments = List.copyOf(arguments);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    obstacles = List.copyOf(obstacles);
  }

  /**
   * What a process inherits from its parent besides its environment, on Linux.
   *
   * @param user the user ID
   * @param group the group ID
   * @param groups the supplementary group IDs, in ascending order
   * @param umask the file mode creation mask, see {@code umask(2)}
   * @param limits the resource limits by their names as of {@code prlimit(1)}, such as {@code
   *     nofile}, see {@code getrlimit(2)}
   * @param nice the nice value, -20 to 19, see {@code nice(2)}
   * @param noNewPrivileges whether it and its children can never gain privileges by running a
   *     program, see {@code PR_SET_NO_NEW_PRIVS}
   * @param others what else is inherited, by names for people: CPU affinity, scheduling policy and
   *     the like
   */
  public record Context(
      long user,
      long group,
      List<Long> groups,
      int umask,
      Map<String, Limit> limits,
      int nice,
      boolean noNewPrivileges,
      Map<String, String> others) {

    /** Keeps its own copies. */
    public Context {
      groups = groups.stream().sorted().distinct().toList();
      limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits));
      others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
    }
  }

  /**
   * A resource limit: numbers, or {@code unlimited}.
   *
   * @param soft the one that counts
   * @param hard how far the process may raise it
   */
  public record Limit(String soft, String hard) {

    /** Both, as in {@code 1024:4096}. */
    @Override
    public String toString() {
      return soft + ":" + hard;
    }
  }

  /**
   * Where a process writes to.
   *
   * @param kind what it is
   * @param path its path, if it is one that can be opened again
   */
  public record Target(Kind kind, Optional<Path> path) {

    /** What it is. */
    public enum Kind {
      /** A regular file that is still where it was. */
      FILE,
      /** The device that discards all. */
      DISCARDED,
      /** Anything else: a terminal, a pipe, a deleted file, nothing; or it is not known. */
      OTHER
    }

    /** Anything else, or not known. */
    public static final Target UNKNOWN = new Target(Kind.OTHER, Optional.empty());
  }

  /** The words of the command and the directory. */
  @Override
  public String toString() {
    return arguments + directory.map(there -> " in " + there).orElse("");
  }
}
