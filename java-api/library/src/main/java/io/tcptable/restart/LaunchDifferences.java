// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.server.LiveProcess;
import io.tcptable.process.ProcessLaunch;
import io.tcptable.process.ProcessLaunch.Context;
import io.tcptable.process.ProcessLaunch.Limit;
import io.tcptable.restart.PlannedLaunch.Difference;
import io.tcptable.restart.PlannedLaunch.Difference.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a server has otherwise than this process. */
final class LaunchDifferences {

  /** This virtual machine has raised its own soft limit of these. */
  private static final String RAISED_BY_JVM = "nofile";

  private LaunchDifferences() {}

  static void ofUser(OsProcess process, Context was, Context own, List<Difference> to) {
    if (was.user() != own.user()) {
      add(to, Kind.USER, process.user().orElse(Long.toString(was.user())));
    }
    if (was.group() != own.group() || !was.groups().equals(own.groups())) {
      add(
          to,
          Kind.GROUPS,
          Stream.concat(Stream.of(was.group()), was.groups().stream())
              .distinct()
              .map(String::valueOf)
              .collect(Collectors.joining(", ")));
    }
  }

  static void ofVariables(
      Platform platform,
      Map<String, String> variables,
      Map<String, String> own,
      List<Difference> to) {
    named(variables)
        .forEach(
            name -> {
              Optional<String> value = platform.variableOf(own, name);
              if (value.isEmpty()) {
                add(to, Kind.VARIABLE_ADDED, name);
              } else if (!value.equals(Optional.ofNullable(variables.get(name)))) {
                add(to, Kind.VARIABLE_CHANGED, name);
              }
            });
    named(own)
        .filter(name -> platform.variable(name, variables.keySet()).isEmpty())
        .forEach(name -> add(to, Kind.VARIABLE_ABSENT, name));
  }

  /** In alphabetical order; those that begin so are the directories of drives on Windows. */
  private static Stream<String> named(Map<String, String> variables) {
    return variables.keySet().stream().filter(name -> !name.startsWith("=")).sorted();
  }

  static void ofContext(Context was, Context own, List<Difference> to) {
    if (was.umask() != own.umask()) {
      add(to, Kind.UMASK, "%04o".formatted(was.umask()));
    }
    Optional<Limit> raised = ofCaller();
    was.limits()
        .forEach(
            (name, limit) -> {
              Optional<Limit> now = Optional.ofNullable(own.limits().get(name));
              Optional<Limit> before = name.equals(RAISED_BY_JVM) ? raised.or(() -> now) : now;
              if (!before.equals(Optional.of(limit))) {
                add(to, Kind.LIMIT, name + " " + limit);
              }
            });
    if (was.nice() != own.nice()) {
      add(to, Kind.NICE, Integer.toString(was.nice()));
    }
    if (was.noNewPrivileges() && !own.noNewPrivileges()) {
      add(to, Kind.NO_NEW_PRIVILEGES, "cannot be gained by running a program");
    }
  }

  /** As it was before: the limit of who has started this virtual machine. */
  private static Optional<Limit> ofCaller() {
    return LiveProcess.self()
        .parent()
        .flatMap(OsProcess::launch)
        .flatMap(ProcessLaunch::context)
        .map(context -> context.limits().get(RAISED_BY_JVM));
  }

  /** What is inherited and not set: names and values. */
  static List<String> notKept(Context was, Context own) {
    return was.others().entrySet().stream()
        .filter(other -> !other.getValue().equals(own.others().get(other.getKey())))
        .map(other -> other.getKey() + " " + other.getValue())
        .toList();
  }

  private static void add(List<Difference> to, Kind kind, String text) {
    to.add(new Difference(kind, text));
  }
}
