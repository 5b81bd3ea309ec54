// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.TcpTable;
import io.tcptable.internal.server.ProtectedProcesses;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.restart.PortRestart.Settings;
import io.tcptable.restart.Refusal.Kind;
import io.tcptable.restart.RestartReport.Started;
import io.tcptable.restart.StepRunner.Done;
import io.tcptable.restart.StepRunner.Ended;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One run of a restart. Used once. */
final class RestartRun {

  private final Settings settings;
  private final @Nullable RestartPlan approved;
  private final ProtectedProcesses protection;
  private final StepRunner log;
  private @Nullable StartedServer launched;

  RestartRun(Settings settings, @Nullable RestartPlan approved) {
    if (approved != null && approved.port() != settings.port()) {
      throw new IllegalArgumentException(
          "a plan for port " + approved.port() + ", not for port " + settings.port());
    }
    this.settings = settings;
    this.approved = approved;
    this.protection = new ProtectedProcesses(settings.keep());
    this.log = new StepRunner(settings.listener());
  }

  RestartReport run() {
    try (Stopper stopping = new Stopper(settings, protection, log)) {
      Outcome outcome = Outcome.DONE;
      try {
        underLock(stopping);
      } catch (Ended e) {
        outcome = e.outcome();
      }
      // How things are now is read from files, which an interrupted thread cannot.
      boolean interrupted = Thread.interrupted();
      try {
        return report(outcome, stopping);
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private void underLock(Stopper stopping) throws Ended {
    if (settings.command().isPresent()) {
      StartCommand command = settings.command().get();
      log.take(Step.PREPARE, "check that " + command + " can be started", () -> prepare(command));
    }
    PortLock lock = log.take(Step.LOCK, "keep other restarts out", this::lock);
    try {
      RestartPlan plan = log.take(Step.FIND, "find who is on the port", this::find);
      stopping.stop(plan);
      prove(plan.table(), stopping);
      if (settings.command().isPresent()) {
        start(settings.command().get());
      }
    } finally {
      lock.close();
    }
  }

  private static Done<StartCommand> prepare(StartCommand command) throws StepException {
    Optional<Refusal> obstacle = command.obstacle();
    if (obstacle.isPresent()) {
      throw new StepException(obstacle.get());
    }
    command.openLog();
    return Done.of(command, "output goes to " + command.log());
  }

  private Done<PortLock> lock() throws StepException, IOException {
    PortLock lock = PortLock.take(settings.port());
    return Done.of(lock, "no other restart of port " + settings.port() + " is under way");
  }

  private Done<RestartPlan> find() throws StepException, InterruptedException {
    RestartPlan plan = new Planner(settings).find();
    if (plan.obstacle().isPresent()) {
      throw new StepException(plan.obstacle().get());
    }
    if (approved != null) {
      compare(approved, plan);
    }
    String found =
        plan.targets().isEmpty()
            ? "nobody is on the port"
            : plan.targets().stream().map(Target::toString).collect(Collectors.joining("; "));
    return Done.of(plan, found);
  }

  /**
   * Nobody may be stopped whom the approved plan does not name, or who shares no socket with it.
   */
  private static void compare(RestartPlan approved, RestartPlan now) throws StepException {
    Set<OsProcess> known = new HashSet<>();
    approved.targets().forEach(target -> known.add(target.process()));
    known.addAll(SharedSockets.of(approved.table()).owners(now.table().listeners()));
    List<OsProcess> others =
        now.targets().stream()
            .map(Target::process)
            .filter(process -> !known.contains(process))
            .toList();
    if (!others.isEmpty()) {
      throw new StepException(
          Kind.OWNERS_CHANGED,
          "since the plan was made, " + Stopper.names(others) + " came to the port",
          "look at the new plan");
    }
  }

  private void prove(TcpTable before, Stopper stopping) throws Ended {
    Duration settle = settings.stops() ? settings.settle() : Duration.ZERO;
    log.take(
        Step.FREE,
        "prove the port free",
        () -> {
          FreeCheck check =
              new FreeCheck(
                  settings.port(), protection, before, stopping.stopped(), stopping.spared());
          return seen(check.prove(settle));
        });
  }

  private void start(StartCommand command) throws Ended {
    StartedServer server = log.take(Step.START, "start " + command, () -> launch(command));
    launched = server;
    StartupMonitor startup = new StartupMonitor(settings.port(), server, settings.timeout());
    String timeout = ", up to " + DurationText.of(settings.timeout());
    log.take(
        Step.LISTEN,
        "wait until " + server + " listens" + timeout,
        () -> seen(startup.awaitListening()));
    log.take(
        Step.HEALTH,
        "wait until " + settings.health().url() + " is healthy" + timeout,
        () -> seen(startup.awaitHealth(settings.health())));
  }

  private static Done<String> seen(String detail) {
    return Done.of(detail, detail);
  }

  private Done<StartedServer> launch(StartCommand command) throws StepException {
    try {
      StartedServer started = StartedServer.start(command);
      log.changing();
      return Done.of(started, started + ", output to " + command.log());
    } catch (IOException e) {
      throw new StepException(
          Kind.COMMAND_UNUSABLE, command + " cannot be started: " + e.getMessage());
    }
  }

  private RestartReport report(Outcome outcome, Stopper stopping) {
    StartedServer server = launched;
    Optional<Started> started =
        server == null
            ? Optional.empty()
            : Optional.of(
                new Started(
                    server.pid(),
                    server.command().arguments(),
                    server.command().log(),
                    server.isDetached(),
                    server.exitCode(),
                    server.lastLines()));
    List<OsProcess> stopped = stopping.stopped();
    return new RestartReport(
        settings.port(),
        outcome,
        log.results(),
        stopped,
        started,
        FinalState.of(settings.port(), stopped, stopping.running(), server));
  }
}
