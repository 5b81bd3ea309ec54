// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.server.LiveProcess;
import io.tcptable.internal.server.PortScope;
import io.tcptable.internal.server.ServerLaunch;
import io.tcptable.process.LaunchObstacle;
import io.tcptable.process.ProcessLaunch;
import io.tcptable.process.ProcessLaunch.Context;
import io.tcptable.process.ProcessLaunch.Target.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The command that starts a server the way it ran, read from its process while it still runs.
 *
 * @param process the process
 * @param command how to start it again
 * @param others processes that were started by the same command, and are not started again
 */
record AsItWas(OsProcess process, StartCommand command, List<OsProcess> others) {

  /**
   * Of those that are to be stopped.
   *
   * @throws StepException if it cannot be started again as it was
   */
  static AsItWas of(PortScope scope, List<Target> targets, StartSettings settings)
      throws StepException {
    List<OsProcess> roots = LaunchRoot.of(scope, targets);
    ServerLaunch server = launch(scope, roots.get(0), settings);
    List<OsProcess> others = roots.subList(1, roots.size());
    for (OsProcess other : others) {
      if (!launch(scope, other, settings).isSameAs(server)) {
        throw LaunchRoot.refused(
            scope,
            roots.get(0)
                + " and "
                + other
                + " were started in different ways, so it is not clear which one is the server");
      }
    }
    return new AsItWas(roots.get(0), command(scope, server, settings), others);
  }

  private static ServerLaunch launch(PortScope scope, OsProcess process, StartSettings settings)
      throws StepException {
    Optional<ProcessLaunch> launch = process.launch();
    if (launch.isEmpty()) {
      throw LaunchRoot.refused(scope, "it is not known how " + process + " was started");
    }
    ServerLaunch server =
        new ServerLaunch(
            launch.get(), settings.directory().map(Path::toAbsolutePath), Platforms.current());
    Optional<LaunchObstacle> obstacle = server.obstacle();
    if (obstacle.isPresent()) {
      throw new StepException(LaunchRefusal.of(scope, process, obstacle.get()));
    }
    return server;
  }

  /** What a plan has to say of it. */
  Optional<String> note() {
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            process
                + ", "
                + Processes.names(others)
                + " were started in the same way; only one of them is started again");
  }

  private static StartCommand command(
      PortScope scope, ServerLaunch server, StartSettings settings) {
    ProcessLaunch launch = server.launch();
    return new StartCommand(
        server.command(),
        settings.directory().or(launch::directory).orElseThrow(),
        settings.environment(),
        settings
            .log()
            .map(log -> ServerOutput.both(LogFile.own(log)))
            .orElseGet(
                () ->
                    new ServerOutput(
                        log(scope, launch, launch.output()), log(scope, launch, launch.error()))),
        Optional.of(launch));
  }

  private static LogFile log(PortScope scope, ProcessLaunch launch, ProcessLaunch.Target target) {
    if (target.kind() == Kind.OTHER || target.path().isEmpty()) {
      return LogFile.own(LogFile.usual(scope));
    }
    Path path = target.path().get();
    if (target.kind() == Kind.DISCARDED) {
      return LogFile.discarding(path);
    }
    return launch
        .context()
        .map(Context::user)
        .filter(user -> !isOwn(user) && !isOwn(path))
        .map(user -> LogFile.of(user, path))
        .orElseGet(() -> LogFile.own(path));
  }

  private static boolean isOwn(long user) {
    return LiveProcess.self().userIds().contains(user);
  }

  private static boolean isOwn(Path file) {
    try {
      Platforms.current().requireOwnFile(file);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
