// SPDX-License-Identifier: Apache-2.0
package io.tcptable.guard;

import io.tcptable.OsProcess;
import io.tcptable.TcpTableException;
import io.tcptable.diagnose.PortDiagnosis;
import io.tcptable.diagnose.Verdict;
import io.tcptable.health.HealthProbe;
import io.tcptable.health.HealthResult;
import io.tcptable.internal.server.PortLock;
import io.tcptable.internal.server.PortScope;
import io.tcptable.restart.Outcome;
import io.tcptable.restart.PortRestart;
import io.tcptable.restart.RestartPlan;
import io.tcptable.restart.RestartReport;
import io.tcptable.restart.StepListener;
import io.tcptable.restart.StepName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A port of this machine, and the server that a guard runs there. For one thread. */
final class LivePort implements GuardedPort, StepListener {

  private final PortScope scope;
  private final PortRestart start;
  private final PortRestart restart;
  private final HealthProbe health;
  private final Duration grace;
  private final PortDiagnosis.Request diagnosing;
  private final Evidence evidence;
  private final Pulse pulse;
  private final ServerListeners listeners;

  private @Nullable OwnServer server;
  private boolean isOwn = true;

  private @Nullable PortDiagnosis diagnosis;

  /**
   * @param start starts the server on a free port
   * @param restart stops the one that is there first
   */
  LivePort(
      PortScope scope,
      PortRestart start,
      PortRestart restart,
      HealthProbe health,
      Duration grace,
      PortDiagnosis.Request diagnosing,
      Evidence evidence,
      Pulse pulse) {
    this.scope = scope;
    this.start = start.listener(this);
    // The guard has started it: what supervises the guard, supervises the server.
    this.restart = restart.listener(this).ignoreSupervisor().allowOtherPorts();
    this.health = health;
    this.grace = grace;
    this.diagnosing = diagnosing;
    this.evidence = evidence;
    this.pulse = pulse;
    listeners = new ServerListeners(scope);
  }

  @Override
  public Instant now() {
    return pulse.now();
  }

  @Override
  public void pause(Duration time) throws InterruptedException {
    if (server == null || !isOwn) {
      Thread.sleep(time.toMillis());
    } else {
      server.awaitEnd(time);
    }
  }

  @Override
  public void began(StepName step, String what) {
    pulse.works();
  }

  @Override
  public void started(Process process) {
    server = OwnServer.started(process);
    isOwn = true;
    listeners.forget();
  }

  @Override
  public Attempt start() throws InterruptedException {
    return attempt(start::run);
  }

  /** A run of a restart. */
  @FunctionalInterface
  private interface Run {
    RestartReport run();
  }

  private Attempt attempt(Run run) throws InterruptedException {
    try {
      RestartReport report = run.run();
      report
          .started()
          .filter(it -> it.exitCode().isEmpty())
          .ifPresent(
              it -> {
                if (server != null) {
                  server.follow(it.pid());
                }
                evidence.log(it.log());
                // At once: it may be replaced before the first look.
                listeners.lookAtOwners(server);
              });
      return attempt(report);
    } catch (TcpTableException e) {
      return Attempts.failed(e);
    }
  }

  private Attempt attempt(RestartReport report) throws InterruptedException {
    if (report.outcome() == Outcome.CANCELLED) {
      // Whether it was told by the flag or not.
      boolean wasSet = Thread.interrupted();
      throw new InterruptedException("cancelled" + (wasSet ? "" : " by a step"));
    }
    return Attempts.of(report);
  }

  @Override
  public Look look() throws InterruptedException {
    return switch (listeners.look(server)) {
      case NOBODY ->
          isRunning() ? Look.of(Look.State.NOT_LISTENING, "nothing listens on " + scope) : ended();
      case OTHERS ->
          Look.of(Look.State.REPLACED, names(listeners.others()) + " listens on " + scope + " now");
      case SERVER -> healthCheck();
    };
  }

  private Look healthCheck() throws InterruptedException {
    HealthResult result = health.run();
    return Look.of(
        result.isHealthy() || result.isInconclusive() ? Look.State.GOOD : Look.State.UNHEALTHY,
        result.detail());
  }

  private Look ended() {
    OwnServer ended = server;
    if (ended == null) {
      return Look.of(Look.State.ENDED, "nothing runs on " + scope);
    }
    String who = ended.pid().isPresent() ? "PID " + ended.pid().getAsLong() : "the server";
    return new Look(
        Look.State.ENDED,
        who
            + " has ended"
            + (ended.exitCode().isPresent()
                ? " with exit code " + ended.exitCode().getAsInt()
                : "; its exit code is not known"),
        ended.exitCode());
  }

  private boolean isRunning() {
    return server != null && server.isRunning();
  }

  private static String names(List<OsProcess> processes) {
    return processes.isEmpty()
        ? "a process that this user cannot see"
        : processes.stream().map(OsProcess::toString).collect(Collectors.joining(", "));
  }

  @Override
  public Judgement diagnose(boolean threads) throws InterruptedException {
    try {
      PortDiagnosis now = (threads ? diagnosing.threadDumps() : diagnosing).run();
      diagnosis = now;
      return new Judgement(now.verdict(), now.headline().replaceFirst("[.]$", ""));
    } catch (TcpTableException e) {
      diagnosis = null;
      return new Judgement(Verdict.UNKNOWN, "the diagnosis failed: " + e.getMessage());
    }
  }

  @Override
  public Saved save(List<GuardEvent> seen) {
    return evidence.save(Optional.ofNullable(diagnosis), seen);
  }

  @Override
  public Attempt restart() throws InterruptedException {
    try {
      OwnServer own = server;
      if (own == null || !isOwn) {
        return attempt(start::run);
      }
      RestartPlan plan = restart.plan();
      List<OsProcess> targets = plan.targets().stream().map(it -> it.process()).toList();
      List<OsProcess> strangers = targets.stream().filter(it -> !own.contains(it)).toList();
      if (!strangers.isEmpty()) {
        return new Attempt(
            Attempt.Kind.TAKEN,
            names(strangers) + " is on " + scope + " and not of this guard, so it is not stopped");
      }
      if (plan.refusal().isPresent()) {
        return Attempts.of(plan.refusal().get());
      }
      // What listens is stopped by the restart; it does not know of what does not.
      List<OsProcess> left = targets.isEmpty() ? own.stop(grace, targets) : List.of();
      return left.isEmpty() ? attempt(() -> restart.run(plan)) : notEnded(left);
    } catch (TcpTableException e) {
      return Attempts.failed(e);
    }
  }

  private static Attempt notEnded(List<OsProcess> left) {
    return new Attempt(Attempt.Kind.FAILED, "could not be stopped: " + names(left));
  }

  @Override
  public Optional<String> otherRestart() {
    return PortLock.holder(PortLock.Purpose.RESTART, scope.port());
  }

  @Override
  public boolean adopt() {
    OwnServer before = server;
    boolean isLeft = isOwn && before != null && before.isRunning();
    isOwn = listeners.areOthersOfSameCommand() && !isLeft;
    listeners.adopt();
    server = listeners.others().stream().findFirst().map(OwnServer::adopted).orElse(null);
    return isOwn;
  }

  @Override
  public OptionalLong pid() {
    return server == null ? OptionalLong.empty() : server.pid();
  }

  @Override
  public boolean isOwn() {
    return isOwn;
  }

  @Override
  public Attempt stop() {
    OwnServer own = server;
    if (own == null || !isOwn) {
      return new Attempt(Attempt.Kind.DONE, "no server of this guard runs");
    }
    try {
      boolean wasRunning = own.isRunning();
      List<OsProcess> left = own.stop(grace, List.of());
      return left.isEmpty()
          ? new Attempt(
              Attempt.Kind.DONE,
              wasRunning ? "the server was stopped" : "no server of this guard runs")
          : notEnded(left);
    } catch (TcpTableException e) {
      return Attempts.failed(e);
    }
  }
}
