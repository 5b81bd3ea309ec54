// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.internal.server.PortLock;
import io.tcptable.internal.server.PortScope;
import io.tcptable.internal.server.ProcessFamily;
import io.tcptable.internal.server.ProtectedProcesses;
import io.tcptable.internal.server.RememberedProcesses;
import io.tcptable.restart.Refusal.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the steps of one run share. For one run, by one thread. */
final class RunContext implements AutoCloseable {

  /**
   * How often it asks processes to terminate that were forked while it stopped others. What is
   * asked once more may fork once more; what is killed unasked cannot.
   */
  private static final int MOST_ASKED = 2;

  /** How often it stops such processes, asked or not. */
  private static final int MOST_WAVES = 6;

  private final PortRestart request;
  private final ProtectedProcesses protection;
  private final StopWaves waves = new StopWaves();
  private List<OsProcess> scripts = List.of();
  private boolean changed;
  private @Nullable PortLock lock;
  private @Nullable RestartPlan plan;
  private @Nullable ApprovedProcesses approved;
  private @Nullable StartedServer server;
  private @Nullable StartupMonitor startup;

  RunContext(PortRestart request) {
    this.request = request;
    this.protection = new ProtectedProcesses(request.stopping().keep());
  }

  int port() {
    return request.port();
  }

  /** The listeners that the run is about. */
  ScopedListeners listeners() {
    return request.listeners();
  }

  ProtectedProcesses protection() {
    return protection;
  }

  /** Those who are stopped together, one wave after the other. */
  StopWaves waves() {
    return waves;
  }

  /**
   * Signals are sent now: who is an orphan afterwards must be known before, and from now on a step
   * that fails has to say that things are not as they were.
   */
  void signalling() {
    Objects.requireNonNull(approved).rememberDescendants();
    changed = true;
  }

  /** From now on the runtime of a container stops and starts processes. */
  void handedOver() {
    changed = true;
  }

  PortScope scope() {
    return request.scope();
  }

  boolean hasChanged() {
    return changed;
  }

  /** Keeps the lock until the run is over. */
  void keep(PortLock taken) {
    lock = taken;
  }

  void found(RestartPlan now) {
    plan = now;
    // While they live: who has ended has no descendants.
    ProcessFamily family = ProcessFamily.read();
    approved = new ApprovedProcesses(now.targets(), family);
    scripts =
        LauncherScripts.of(
            now.targets().stream().map(Target::process).collect(Collectors.toSet()),
            family,
            new RememberedProcesses(family::parent),
            protection);
  }

  /**
   * The steps that stop those who share a listener with the ones that were stopped, and descend
   * from them.
   *
   * @throws StepException if others hold the listener
   */
  List<Step> stopFollowers() throws StepException {
    if (waves.count() >= MOST_WAVES) {
      return List.of();
    }
    List<OsProcess> spared = waves.spared();
    List<OsProcess> followers =
        SharedSockets.of(Objects.requireNonNull(plan).table()).owners(listeners().now()).stream()
            .filter(owner -> protection.reason(owner.pid()).isEmpty())
            .filter(owner -> !spared.contains(owner))
            .toList();
    List<OsProcess> strangers = Objects.requireNonNull(approved).strangers(followers);
    if (!strangers.isEmpty()) {
      throw new StepException(
          Refusal.of(
              Kind.OWNERS_CHANGED,
              Processes.names(strangers)
                  + (strangers.size() == 1
                      ? " now holds the listener. It is neither in the plan nor started by a"
                          + " process in the plan, so it is not stopped"
                      : " now hold the listener. They are neither in the plan nor started by a"
                          + " process in the plan, so they are not stopped"),
              Refusal.diagnose(request.scope())));
    }
    return waves.count() < MOST_ASKED
        ? HoldStep.stopping(followers, request.stopping())
        : HoldStep.killing(followers, request.stopping());
  }

  /**
   * What those in the plan have started, holds no socket of the port, and still runs.
   *
   * @param signalled those who were to be stopped
   */
  List<OsProcess> leftBehind(Collection<OsProcess> signalled) {
    return approved == null || !changed || waves.count() == 0
        ? List.of()
        : approved.running(signalled);
  }

  /** Scripts that have started what was stopped, still run, and may start it again. */
  List<OsProcess> scripts() {
    return changed ? Processes.running(scripts.stream()) : List.of();
  }

  void started(StartedServer started) {
    changed = true;
    server = started;
    startup =
        new StartupMonitor(listeners(), started, request.timeout(), request.stopping().settle());
  }

  /** What was started; empty if nothing was. */
  Optional<StartedServer> server() {
    return Optional.ofNullable(server);
  }

  StartupMonitor startup() {
    return Objects.requireNonNull(startup);
  }

  @Override
  public void close() {
    try (waves) {
      if (lock != null) {
        lock.close();
      }
    }
  }
}
