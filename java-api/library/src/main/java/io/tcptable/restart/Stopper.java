// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.process.ProcessStatus;
import io.tcptable.diagnose.SystemWords;
import io.tcptable.internal.server.ProtectedProcesses;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.restart.PortRestart.Settings;
import io.tcptable.restart.Refusal.Kind;
import io.tcptable.restart.StepRunner.Done;
import io.tcptable.restart.StepRunner.Ended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Stops processes: holds all of them, asks, waits, ends. Those who share a listening socket with
 * them and were forked meanwhile are stopped after them.
 */
final class Stopper implements AutoCloseable {

  /** How often it looks again for who was forked meanwhile. */
  private static final int MOST_WAVES = 3;

  /** How long the kernel may take to end a process. */
  private static final Duration KILL_TIME = Duration.ofSeconds(5);

  private final Settings settings;
  private final ProtectedProcesses protection;
  private final StepRunner log;
  private final List<HeldTargets> waves = new ArrayList<>();
  private boolean asked;

  Stopper(Settings settings, ProtectedProcesses protection, StepRunner log) {
    this.settings = settings;
    this.protection = protection;
    this.log = log;
  }

  /** Those who have ended because of it. */
  List<OsProcess> stopped() {
    List<OsProcess> running = running();
    return asked
        ? waves.stream()
            .flatMap(wave -> wave.permitted().stream())
            .filter(owner -> !running.contains(owner))
            .toList()
        : List.of();
  }

  /** Those who were asked to end, and have not. */
  List<OsProcess> running() {
    return asked ? waves.stream().flatMap(wave -> wave.running().stream()).toList() : List.of();
  }

  /** Those who should have been stopped, but this user may not. */
  List<OsProcess> spared() {
    return waves.stream().flatMap(wave -> wave.forbidden().stream()).toList();
  }

  void stop(RestartPlan plan) throws Ended {
    SharedSockets sockets = SharedSockets.of(plan.table());
    List<OsProcess> wave = plan.targets().stream().map(Target::process).toList();
    for (int i = 0; i < MOST_WAVES && !wave.isEmpty(); i++) {
      stop(wave);
      wave =
          sockets.owners(Listeners.of(settings.port())).stream()
              .filter(owner -> protection.reason(owner.pid()).isEmpty())
              .filter(owner -> !spared().contains(owner))
              .toList();
    }
  }

  private void stop(List<OsProcess> wave) throws Ended {
    HeldTargets targets = log.take(Step.HOLD, "hold " + names(wave), () -> hold(wave));
    List<OsProcess> left =
        log.take(
            Step.TERMINATE,
            "ask " + names(targets.permitted()) + " to end, and give them " + grace(),
            () -> terminate(targets));
    log.take(
        Step.KILL,
        left.isEmpty() ? "end nobody" : "end " + names(left),
        () -> left.isEmpty() ? new Done<>(targets, Outcome.SKIPPED, "not needed") : kill(targets));
  }

  private String grace() {
    return DurationText.of(settings.grace());
  }

  private Done<HeldTargets> hold(List<OsProcess> wave) throws StepException {
    HeldTargets targets = HeldTargets.hold(wave);
    waves.add(targets);
    if (!targets.forbidden().isEmpty() && (!settings.partial() || targets.permitted().isEmpty())) {
      throw new StepException(noPermission(targets.forbidden()));
    }
    String spared =
        targets.forbidden().isEmpty()
            ? ""
            : "; this user may not stop " + names(targets.forbidden());
    String surely = targets.arePinned() ? "" : ", by PID and start time: there is no pidfd here";
    return Done.of(targets, "holds " + names(targets.permitted()) + surely + spared);
  }

  static Refusal noPermission(Collection<OsProcess> forbidden) {
    return Refusal.of(
        Kind.NO_PERMISSION,
        "this user may not stop " + names(forbidden),
        "try as " + SystemWords.ofThisSystem().superuser(),
        "--partial stops the others, which frees the port only if they alone hold it");
  }

  private Done<List<OsProcess>> terminate(HeldTargets targets) throws InterruptedException {
    List<OsProcess> all = targets.permitted();
    if (settings.grace().isZero()) {
      return new Done<>(all, Outcome.SKIPPED, "no grace period");
    }
    if (!targets.canBeAsked()) {
      return new Done<>(all, Outcome.SKIPPED, SystemWords.ofThisSystem().nobodyToAsk());
    }
    asked = true;
    log.changing();
    targets.terminate();
    List<OsProcess> left = targets.awaitEnd(settings.grace());
    return Done.of(
        left,
        left.isEmpty() ? names(all) + " ended" : names(left) + " did not end within " + grace());
  }

  private Done<HeldTargets> kill(HeldTargets targets) throws StepException, InterruptedException {
    asked = true;
    log.changing();
    List<OsProcess> before = targets.running();
    targets.kill();
    List<OsProcess> left = targets.awaitEnd(KILL_TIME);
    if (!left.isEmpty()) {
      throw new StepException(
          Kind.WOULD_NOT_END,
          names(left)
              + " was killed but has not ended within "
              + DurationText.of(KILL_TIME)
              + (left.stream().anyMatch(Stopper::isBlocked) ? ": it waits for a device" : ""),
          "tcptable diagnose " + settings.port());
    }
    return Done.of(targets, names(before) + " killed");
  }

  private static boolean isBlocked(OsProcess process) {
    return process.status().filter(s -> s.state() == ProcessStatus.State.BLOCKED).isPresent();
  }

  static String names(Collection<OsProcess> processes) {
    return processes.stream().map(OsProcess::toString).collect(Collectors.joining(", "));
  }

  @Override
  public void close() {
    waves.forEach(HeldTargets::close);
  }
}
