// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.kernel.ProcStat;
import io.tcptable.internal.linux.process.ProcStrings.UnusableException;
import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.ProcLink;
import io.tcptable.internal.linux.procfs.ProcText;
import io.tcptable.internal.linux.procfs.TimeLimiter;
import io.tcptable.process.LaunchObstacle;
import io.tcptable.process.LaunchObstacle.Kind;
import io.tcptable.process.ProcessLaunch;
import io.tcptable.process.ProcessLaunch.Context;
import io.tcptable.process.ProcessLaunch.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a process was started and runs, with all that keeps it from being started again so. */
final class ProcLaunch {

  private static final Path OWN_STATUS = Path.of("/proc/self/status");

  /** Tell a program that its parent has opened descriptors for it. */
  private static final List<String> SAY_DESCRIPTORS =
      List.of("LISTEN_FDS", "NODE_CHANNEL_FD", "SERVER_STARTER_PORT", "EINHORN_FD_COUNT");

  private static final String FOR_WHOM = "LISTEN_PID";

  private final Path process;
  private final List<LaunchObstacle> obstacles = new ArrayList<>();

  private ProcLaunch(Path process) {
    this.process = process;
  }

  /** What can be read of it; what cannot is an obstacle. */
  static ProcessLaunch of(Path process) throws IOException {
    return new ProcLaunch(process).read();
  }

  private interface Check {
    Optional<LaunchObstacle> find() throws IOException;
  }

  private ProcessLaunch read() throws IOException {
    ProcStat stat =
        ProcIdentity.stat(process).orElseThrow(() -> new NoSuchFileException(process.toString()));
    ProcText status = ProcFile.text(process.resolve("status"));
    check("its namespaces", () -> ProcIsolation.namespaces(process));
    check("its root directory", () -> ProcIsolation.root(process));
    check("its user", () -> ProcIsolation.user(process, status));
    check("its capabilities", () -> ProcIsolation.capabilities(status, ProcFile.text(OWN_STATUS)));
    if (stat.isOnlyForked()) {
      obstacles.add(new LaunchObstacle(Kind.FORKED, ""));
    }
    Optional<Path> program = file("exe", Kind.PROGRAM_DELETED, "its program");
    List<String> arguments = List.of();
    Map<String, String> environment = Map.of();
    try {
      arguments = ProcStrings.arguments(process, stat.argumentBytes());
      environment = ProcStrings.environment(process, stat.environmentBytes());
    } catch (UnusableException e) {
      obstacles.add(e.obstacle());
    }
    passed(environment);
    Optional<Path> directory = file("cwd", Kind.DIRECTORY_DELETED, "its directory");
    check("its standard input", () -> ProcStreams.input(process));
    return new ProcessLaunch(
        arguments,
        program,
        directory,
        environment,
        context(stat, status),
        output(1),
        output(2),
        obstacles);
  }

  private void check(String what, Check check) {
    try {
      check.find().ifPresent(obstacles::add);
    } catch (IOException e) {
      unreadable(what);
    }
  }

  private void unreadable(String what) {
    obstacles.add(new LaunchObstacle(Kind.UNREADABLE, what));
  }

  private Optional<Context> context(ProcStat stat, ProcText status) {
    try {
      return Optional.of(ProcContext.of(process, stat, status));
    } catch (IOException e) {
      unreadable("its user, limits and umask");
      return Optional.empty();
    }
  }

  private Target output(int descriptor) {
    try {
      return ProcStreams.output(process, descriptor);
    } catch (IOException e) {
      unreadable("its output");
      return Target.UNKNOWN;
    }
  }

  /** Where a link leads, if the same file is still there. A disk may not answer. */
  private Optional<Path> file(String name, Kind gone, String what) {
    Path link = process.resolve(name);
    try {
      Path target = TimeLimiter.shared().call(link, () -> ProcLink.target(link));
      if (!TimeLimiter.shared()
          .call(link, () -> Files.exists(target) && Files.isSameFile(link, target))) {
        obstacles.add(new LaunchObstacle(gone, target.toString()));
      }
      return Optional.of(target);
    } catch (IOException e) {
      unreadable(what);
      return Optional.empty();
    }
  }

  /** What was meant for a process above it does not count. */
  private void passed(Map<String, String> environment) {
    String pid = process.getFileName().toString();
    SAY_DESCRIPTORS.stream()
        .filter(environment::containsKey)
        .filter(
            name ->
                !name.equals("LISTEN_FDS") || environment.getOrDefault(FOR_WHOM, pid).equals(pid))
        .findFirst()
        .ifPresent(name -> obstacles.add(new LaunchObstacle(Kind.DESCRIPTORS_PASSED, name)));
  }
}
