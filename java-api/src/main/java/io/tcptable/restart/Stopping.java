package io.tcptable.restart;

import io.tcptable.Owner;
import io.tcptable.ProcessStatus;
import io.tcptable.diagnose.DurationText;
import io.tcptable.diagnose.SystemWords;
import io.tcptable.restart.Obstacle.Kind;
import io.tcptable.restart.PortRestart.Settings;
import io.tcptable.restart.StepLog.Done;
import io.tcptable.restart.StepLog.Ended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Stops processes: holds all of them, asks, waits, ends. Those who share a listening socket with
 * them and were forked meanwhile are stopped after them.
 */
final class Stopping implements AutoCloseable {

  /** How often it looks again for who was forked meanwhile. */
  private static final int MOST_WAVES = 3;

  /** How long the kernel may take to end a process. */
  private static final Duration KILL_TIME = Duration.ofSeconds(5);

  private final Settings settings;
  private final Protection protection;
  private final StepLog log;
  private final List<HeldTargets> waves = new ArrayList<>();
  private boolean asked;

  Stopping(Settings settings, Protection protection, StepLog log) {
    this.settings = settings;
    this.protection = protection;
    this.log = log;
  }

  /** Those who have ended because of it. */
  List<Owner> stopped() {
    List<Owner> running = running();
    return asked
        ? waves.stream()
            .flatMap(wave -> wave.permitted().stream())
            .filter(owner -> !running.contains(owner))
            .toList()
        : List.of();
  }

  /** Those who were asked to end, and have not. */
  List<Owner> running() {
    return asked ? waves.stream().flatMap(wave -> wave.running().stream()).toList() : List.of();
  }

  /** Those who should have been stopped, but this user may not. */
  List<Owner> spared() {
    return waves.stream().flatMap(wave -> wave.forbidden().stream()).toList();
  }

  void stop(RestartPlan plan) throws Ended {
    SharedSockets sockets = SharedSockets.of(plan.table());
    List<Owner> wave = plan.targets().stream().map(Target::process).toList();
    for (int i = 0; i < MOST_WAVES && !wave.isEmpty(); i++) {
      stop(wave);
      wave =
          sockets.owners(Listeners.of(settings.port())).stream()
              .filter(owner -> protection.reason(owner).isEmpty())
              .filter(owner -> !spared().contains(owner))
              .toList();
    }
  }

  private void stop(List<Owner> wave) throws Ended {
    HeldTargets targets = log.take(Step.HOLD, "hold " + names(wave), () -> hold(wave));
    List<Owner> left =
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

  private Done<HeldTargets> hold(List<Owner> wave) throws StepException {
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

  static Obstacle noPermission(Collection<Owner> forbidden) {
    return Obstacle.of(
        Kind.NO_PERMISSION,
        "this user may not stop " + names(forbidden),
        "try as " + SystemWords.ofThisSystem().superuser(),
        "--partial stops the others, which frees the port only if they alone hold it");
  }

  private Done<List<Owner>> terminate(HeldTargets targets) throws InterruptedException {
    List<Owner> all = targets.permitted();
    if (settings.grace().isZero()) {
      return new Done<>(all, Outcome.SKIPPED, "no grace period");
    }
    if (!targets.canBeAsked()) {
      return new Done<>(all, Outcome.SKIPPED, SystemWords.ofThisSystem().nobodyToAsk());
    }
    asked = true;
    log.changing();
    targets.terminate();
    List<Owner> left = targets.awaitEnd(settings.grace());
    return Done.of(
        left,
        left.isEmpty() ? names(all) + " ended" : names(left) + " did not end within " + grace());
  }

  private Done<HeldTargets> kill(HeldTargets targets) throws StepException, InterruptedException {
    asked = true;
    log.changing();
    List<Owner> before = targets.running();
    targets.kill();
    List<Owner> left = targets.awaitEnd(KILL_TIME);
    if (!left.isEmpty()) {
      throw new StepException(
          Kind.WOULD_NOT_END,
          names(left)
              + " was killed but has not ended within "
              + DurationText.of(KILL_TIME)
              + (left.stream().anyMatch(Stopping::isBlocked) ? ": it waits for a device" : ""),
          "tcptable diagnose " + settings.port());
    }
    return Done.of(targets, names(before) + " killed");
  }

  private static boolean isBlocked(Owner process) {
    return process.status().filter(s -> s.state() == ProcessStatus.State.BLOCKED).isPresent();
  }

  static String names(Collection<Owner> processes) {
    return processes.stream().map(Owner::toString).collect(Collectors.joining(", "));
  }

  @Override
  public void close() {
    waves.forEach(HeldTargets::close);
  }
}
