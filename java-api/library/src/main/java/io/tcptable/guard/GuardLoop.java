// SPDX-License-Identifier: Apache-2.0
package io.tcptable.guard;

import io.tcptable.TcpTableException;
import io.tcptable.diagnose.Verdict;
import io.tcptable.guard.GuardEvent.Kind;
import io.tcptable.guard.GuardedPort.Attempt;
import io.tcptable.guard.GuardedPort.Judgement;
import io.tcptable.guard.GuardedPort.Look;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.internal.wording.Quantities;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a guard does, look by look, until it ends. For one thread. */
final class GuardLoop {

  private final GuardedPort port;
  private final GuardSettings settings;
  private final GuardDiary diary;
  private final Pulse pulse;
  private final RestartBudget budget;

  /** Since when the server does not answer; null while it does. */
  private @Nullable Instant badSince;

  /** Since when nobody has listened where the guard does not know why; null otherwise. */
  private @Nullable Instant goneSince;

  private Optional<String> degraded = Optional.empty();
  private boolean hasServed;
  private boolean awaitsOther;
  private boolean isLeftAlone;
  private boolean isBlind;

  GuardLoop(GuardedPort port, GuardSettings settings, GuardDiary diary, Pulse pulse) {
    this.port = port;
    this.settings = settings;
    this.diary = diary;
    this.pulse = pulse;
    this.budget = settings.budget();
  }

  /** Runs until there is nothing to guard, or this thread is interrupted: then it stops. */
  GuardEnd run() {
    try {
      Optional<GuardEnd> end = begin();
      while (end.isEmpty()) {
        pause(settings.interval());
        end = look();
      }
      return end.get();
    } catch (InterruptedException e) {
      return stop();
    }
  }

  private Optional<GuardEnd> begin() throws InterruptedException {
    Attempt attempt = port.start();
    return switch (attempt.kind()) {
      case DONE, UNHEALTHY -> {
        started(attempt);
        yield Optional.empty();
      }
      case ENDED -> {
        diary.note(Kind.START_FAILED, attempt.what());
        yield restart();
      }
      case BUSY, TAKEN, REFUSED -> notBegun(GuardEnd.Reason.REFUSED, attempt);
      case FAILED -> notBegun(GuardEnd.Reason.FAILED, attempt);
    };
  }

  /** What was started but has lost the port is stopped again. */
  private Optional<GuardEnd> notBegun(GuardEnd.Reason reason, Attempt attempt) {
    port.stop();
    String what = attempt.what();
    return Optional.of(
        new GuardEnd(
            reason, attempt.kind() == Attempt.Kind.TAKEN ? what + "; it was not stopped" : what));
  }

  private void started(Attempt attempt) {
    boolean isHealthy = attempt.kind() == Attempt.Kind.DONE;
    hasServed = isHealthy;
    forget();
    diary.note(isHealthy ? Kind.STARTED : Kind.STARTED_UNHEALTHY, attempt.what(), port.pid());
  }

  private void forget() {
    badSince = null;
    goneSince = null;
    degraded = Optional.empty();
    awaitsOther = false;
    isLeftAlone = false;
  }

  private Optional<GuardEnd> look() throws InterruptedException {
    try {
      Instant at = port.now();
      Look look = port.look();
      isBlind = false;
      return switch (look.state()) {
        case GOOD -> answers();
        case UNHEALTHY, NOT_LISTENING -> bad(at, look);
        case ENDED -> ended(at, look);
        case REPLACED -> replaced(look);
      };
    } catch (TcpTableException e) {
      if (!isBlind) {
        isBlind = true;
        diary.note(Kind.LOOK_FAILED, "the look failed: " + e.getMessage());
      }
      return Optional.empty();
    }
  }

  private Optional<GuardEnd> answers() {
    Instant since = badSince;
    if (since != null) {
      diary.note(Kind.RECOVERED, "the server answers again, after " + text(since), port.pid());
    } else if (degraded.isPresent()) {
      diary.note(Kind.RECOVERED, "the server answers as expected again", port.pid());
    }
    hasServed = true;
    forget();
    return Optional.empty();
  }

  private Optional<GuardEnd> bad(Instant at, Look look) throws InterruptedException {
    Judgement now = diagnose(false);
    if (!isBad(look, now)) {
      return degraded(now);
    }
    if (badSince == null) {
      badSince = at;
      diary.note(
          Kind.BAD,
          now.headline()
              + (port.isOwn()
                  ? "; restart in " + DurationText.of(settings.badFor()) + " unless it answers"
                  : ""),
          port.pid(),
          now.verdict());
    }
    if (!isOver(badSince) || isLeftAlone) {
      return Optional.empty();
    }
    Judgement last = diagnose(true);
    if (!isBad(look, last)) {
      return degraded(last);
    }
    save();
    if (port.isOwn()) {
      return restart();
    }
    isLeftAlone = true;
    diary.note(
        Kind.LEFT_ALONE,
        last.headline() + "; this guard did not start it, so it is left alone",
        port.pid(),
        last.verdict());
    return Optional.empty();
  }

  private static boolean isBad(Look look, Judgement judgement) {
    return switch (judgement.verdict()) {
      case HANGING, DOWN, FREE -> true;
      case UNKNOWN -> look.state() == Look.State.NOT_LISTENING;
      case HEALTHY, DEGRADED -> false;
    };
  }

  /** It answers in some way: a restart would not be asked for. */
  private Optional<GuardEnd> degraded(Judgement judgement) {
    if (judgement.verdict() == Verdict.HEALTHY) {
      return answers();
    }
    badSince = null;
    isLeftAlone = false;
    if (!degraded.equals(Optional.of(judgement.headline()))) {
      degraded = Optional.of(judgement.headline());
      diary.note(Kind.DEGRADED, judgement.headline(), port.pid(), judgement.verdict());
    }
    return Optional.empty();
  }

  private Optional<GuardEnd> ended(Instant at, Look look) throws InterruptedException {
    Optional<String> other = port.otherRestart();
    if (other.isPresent()) {
      if (!awaitsOther) {
        awaitsOther = true;
        diary.note(
            Kind.OTHER_RESTART, look.what() + "; " + other.get() + " restarts or frees the port");
      }
      return Optional.empty();
    }
    if (awaitsOther || !port.isOwn()) {
      return gone(at, look);
    }
    diary.note(Kind.ENDED, look.what(), port.pid(), look.exitCode());
    if (look.exitCode().orElse(-1) == 0 && hasServed && !settings.always()) {
      return Optional.of(new GuardEnd(GuardEnd.Reason.SERVER_ENDED, look.what()));
    }
    return restart();
  }

  /** Who stopped the server may be about to start another one. */
  private Optional<GuardEnd> gone(Instant at, Look look) throws InterruptedException {
    if (goneSince == null) {
      goneSince = at;
      diary.note(
          Kind.ENDED,
          look.what()
              + "; the guard starts its command if nothing listens for "
              + DurationText.of(settings.badFor()));
    }
    return isOver(goneSince) ? restart() : Optional.empty();
  }

  private Optional<GuardEnd> replaced(Look look) {
    boolean isOwn = port.adopt();
    forget();
    diary.note(
        Kind.REPLACED,
        look.what()
            + (isOwn
                ? "; it runs the command of this guard, and is guarded from now on"
                : "; it runs another command, so it is watched and never stopped"),
        port.pid());
    return Optional.empty();
  }

  private Optional<GuardEnd> restart() throws InterruptedException {
    while (true) {
      Optional<Duration> delay = budget.next(port.now());
      if (delay.isEmpty()) {
        return Optional.of(giveUp());
      }
      if (badSince == null) {
        diagnose(false);
        save();
      }
      diary.note(Kind.RESTARTING, delay.get());
      if (!delay.get().isZero()) {
        pause(delay.get());
        if (needsNoRestart()) {
          return Optional.empty();
        }
      }
      pulse.works();
      Attempt attempt = port.restart();
      switch (attempt.kind()) {
        case DONE, UNHEALTHY -> {
          started(attempt);
          return Optional.empty();
        }
        case BUSY, TAKEN -> {
          diary.note(Kind.START_FAILED, attempt.what());
          return Optional.empty();
        }
        case ENDED, REFUSED, FAILED -> {
          badSince = null;
          diary.note(Kind.START_FAILED, attempt.what());
        }
      }
    }
  }

  /** While the guard waited, the server may have come to itself, or somebody else has acted. */
  private boolean needsNoRestart() throws InterruptedException {
    try {
      Look.State state = port.look().state();
      return state == Look.State.GOOD
          || state == Look.State.REPLACED
          || port.otherRestart().isPresent();
    } catch (TcpTableException e) {
      return false;
    }
  }

  private void pause(Duration time) throws InterruptedException {
    pulse.pauses(time);
    port.pause(time);
    pulse.works();
  }

  private Judgement diagnose(boolean threads) throws InterruptedException {
    pulse.works();
    return port.diagnose(threads);
  }

  private void save() {
    pulse.works();
    diary.saved(port.save(diary.recent()));
  }

  private GuardEnd giveUp() {
    String message =
        "gave up: "
            + Quantities.count(settings.most(), "restart")
            + " within "
            + DurationText.of(settings.within())
            + " did not help";
    diary.note(Kind.GAVE_UP, message);
    return new GuardEnd(GuardEnd.Reason.GAVE_UP, message);
  }

  private GuardEnd stop() {
    pulse.works();
    if (!port.isOwn()) {
      String message = "the server on the port was not started by this guard, and is left running";
      diary.note(Kind.STOPPED, message, port.pid());
      return new GuardEnd(GuardEnd.Reason.STOPPED, message);
    }
    diary.note(Kind.STOPPING, "asked to stop, so the server is stopped", port.pid());
    Attempt attempt = port.stop();
    boolean isStopped = attempt.kind() == Attempt.Kind.DONE;
    diary.note(isStopped ? Kind.STOPPED : Kind.STOP_FAILED, attempt.what());
    return new GuardEnd(
        isStopped ? GuardEnd.Reason.STOPPED : GuardEnd.Reason.STOP_FAILED, attempt.what());
  }

  private boolean isOver(Instant since) {
    return Duration.between(since, port.now()).compareTo(settings.badFor()) >= 0;
  }

  private String text(Instant since) {
    return DurationText.of(Duration.between(since, port.now()));
  }
}
