// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.server.LiveProcess;
import io.tcptable.process.ProcessLaunch;
import io.tcptable.process.ProcessLaunch.Context;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a server is to be started again the way it ran. Of its environment only names are told, as
 * values may be secrets.
 *
 * @param process the running process whose start is repeated
 * @param command the program and its arguments
 * @param directory where it starts
 * @param output where its standard output goes
 * @param error where its standard error goes
 * @param user the user as whom it runs
 * @param variables the names of all variables that it is given, in alphabetical order
 * @param differences what the new server gets that this process does not have, or has otherwise
 * @param notKept what the running server has and the new one does not get, by names for people
 */
public record PlannedLaunch(
    OsProcess process,
    List<String> command,
    Path directory,
    Path output,
    Path error,
    Optional<String> user,
    List<String> variables,
    List<Difference> differences,
    List<String> notKept) {

  /** Keeps its own copies. */
  public PlannedLaunch {
    command = List.copyOf(command);
    variables = List.copyOf(variables);
    differences = List.copyOf(differences);
    notKept = List.copyOf(notKept);
  }

  /**
   * Something that the server has and this process does not have, or has otherwise.
   *
   * @param kind what it is
   * @param text the value, or of variables the name
   */
  public record Difference(Kind kind, String text) {

    /** What it is; in this order. */
    public enum Kind {
      /** The user that it runs as. */
      USER,
      /** The numbers of its group and supplementary groups. */
      GROUPS,
      /** A variable that this process does not have. */
      VARIABLE_ADDED,
      /** A variable that this process has with another value. */
      VARIABLE_CHANGED,
      /** A variable that only this process has. */
      VARIABLE_ABSENT,
      /** The file mode creation mask, in octal. */
      UMASK,
      /** A resource limit: {@code nofile 1024:4096}, soft and hard. */
      LIMIT,
      /** The nice value. */
      NICE,
      /** It cannot gain privileges by running a program. */
      NO_NEW_PRIVILEGES
    }
  }

  static PlannedLaunch of(AsItWas server) {
    StartCommand command = server.command();
    Optional<Context> was = command.was().flatMap(ProcessLaunch::context);
    Optional<Context> own = LiveProcess.self().launch().flatMap(ProcessLaunch::context);
    Map<String, String> variables = command.wholeEnvironment();
    List<Difference> differences = new ArrayList<>();
    if (was.isPresent() && own.isPresent()) {
      LaunchDifferences.ofUser(server.process(), was.get(), own.get(), differences);
    }
    LaunchDifferences.ofVariables(Platforms.current(), variables, System.getenv(), differences);
    if (was.isPresent() && own.isPresent()) {
      LaunchDifferences.ofContext(was.get(), own.get(), differences);
    }
    return new PlannedLaunch(
        server.process(),
        command.arguments(),
        command.directory(),
        command.output().output().path(),
        command.output().error().path(),
        server.process().user(),
        variables.keySet().stream().sorted().toList(),
        differences,
        was.flatMap(w -> own.map(o -> LaunchDifferences.notKept(w, o))).orElse(List.of()));
  }
}
