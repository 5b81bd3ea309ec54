// SPDX-License-Identifier: Apache-2.0
package io.tcptable.guard;

import io.tcptable.TcpQuery;
import io.tcptable.TcpTable;
import io.tcptable.diagnose.Verdict;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A made-up port with a clock of its own. The guard is asked to stop when all looks are taken. */
final class FakePort implements GuardedPort {

  private static final long PID = 42;

  /** One look and what a diagnosis comes to then; without a look, that fails. */
  private record Seen(Optional<Look> look, Verdict verdict) {}

  private final Deque<Seen> looks = new ArrayDeque<>();
  private final Deque<Attempt> attempts = new ArrayDeque<>();
  private final List<String> calls = new ArrayList<>();
  private final List<GuardEvent> events = new ArrayList<>();

  private final Set<String> stuck = new LinkedHashSet<>();

  private Instant now = Instant.EPOCH;
  private Duration work = Duration.ZERO;
  private Duration longestWait = Duration.ZERO;
  private @Nullable Pulse watching;
  private Verdict verdict = Verdict.HEALTHY;
  private Verdict verdictWithThreads = Verdict.UNKNOWN;
  private boolean hasLastVerdict;
  private boolean isOwn = true;
  private boolean hasSameCommand = true;
  private int otherRestarts;
  private Optional<String> diskFull = Optional.empty();

  FakePort good(int times) {
    return sees(times, Look.of(Look.State.GOOD, "200"), Verdict.HEALTHY);
  }

  FakePort unhealthy(int times, Verdict diagnosed) {
    return sees(times, Look.of(Look.State.UNHEALTHY, "no response"), diagnosed);
  }

  FakePort notListening(int times, Verdict diagnosed) {
    return sees(times, Look.of(Look.State.NOT_LISTENING, "nothing listens"), diagnosed);
  }

  FakePort ended(int times, int exitCode) {
    return sees(
        times,
        new Look(Look.State.ENDED, "PID 42 has ended", OptionalInt.of(exitCode)),
        Verdict.FREE);
  }

  FakePort replaced() {
    return sees(1, Look.of(Look.State.REPLACED, "node(77) listens now"), Verdict.HEALTHY);
  }

  FakePort unreadable(int times) {
    for (int i = 0; i < times; i++) {
      looks.add(new Seen(Optional.empty(), Verdict.UNKNOWN));
    }
    return this;
  }

  private FakePort sees(int times, Look look, Verdict diagnosed) {
    for (int i = 0; i < times; i++) {
      looks.add(new Seen(Optional.of(look), diagnosed));
    }
    return this;
  }

  /** What becomes of the first start and of the restarts after it; then all go well. */
  FakePort attempts(Attempt.Kind... kinds) {
    for (Attempt.Kind kind : kinds) {
      attempts.add(new Attempt(kind, "attempt " + kind));
    }
    return this;
  }

  FakePort ofAnotherCommand() {
    hasSameCommand = false;
    return this;
  }

  /** Another restart is under way at the next looks at an ended server. */
  FakePort otherRestartFor(int times) {
    otherRestarts = times;
    return this;
  }

  FakePort diskFull() {
    diskFull = Optional.of("diagnosis.json (No space left on device)");
    return this;
  }

  /** The diagnosis with thread dumps, which is the last one before a restart, comes to this. */
  FakePort lastVerdict(Verdict last) {
    verdictWithThreads = last;
    hasLastVerdict = true;
    return this;
  }

  /**
   * All that is done takes time, but pauses, which take as long as they are.
   *
   * @param longest of the parts, as the guard reckons it
   */
  FakePort taking(Duration time, Duration longest) {
    work = time;
    longestWait = longest;
    return this;
  }

  /** What was still going on when the guard counted as stuck. */
  Set<String> whereItWasStuck() {
    return stuck;
  }

  private void passes(Duration time, String what) {
    now = now.plus(time);
    if (watching != null && watching.isStuck()) {
      stuck.add(what);
    }
  }

  GuardEnd guard(GuardSettings settings) {
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    Pulse pulse = new Pulse(this::now, longestWait);
    watching = pulse;
    return new GuardLoop(this, settings, new GuardDiary(3001, clock, events::add), pulse).run();
  }

  GuardEnd guard() {
    return guard(GuardSettings.DEFAULT);
  }

  /** All but looks, with the second at which it was called. */
  List<String> calls() {
    return calls;
  }

  List<GuardEvent.Kind> events() {
    return events.stream().map(GuardEvent::kind).toList();
  }

  GuardEvent event(GuardEvent.Kind kind) {
    return events.stream().filter(it -> it.kind() == kind).findFirst().orElseThrow();
  }

  private void call(String name) {
    calls.add(name + "@" + Duration.between(Instant.EPOCH, now).toSeconds());
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void pause(Duration time) throws InterruptedException {
    passes(time, "pause");
    if (looks.isEmpty()) {
      throw new InterruptedException("asked to stop");
    }
  }

  @Override
  public Attempt start() {
    call("start");
    passes(work, "start");
    return attempt();
  }

  private Attempt attempt() {
    Attempt next = attempts.poll();
    return next == null ? new Attempt(Attempt.Kind.DONE, "healthy") : next;
  }

  @Override
  public Look look() {
    passes(work, "look");
    Seen seen = looks.remove();
    verdict = seen.verdict();
    return seen.look().orElseGet(FakePort::failed);
  }

  /** A look that fails as those of the library do: no process has that PID. */
  private static Look failed() {
    throw new AssertionError(
        TcpTable.snapshot(TcpQuery.all().inNamespaceOf(Integer.MAX_VALUE)).toString());
  }

  @Override
  public Judgement diagnose(boolean threads) {
    if (threads) {
      call("threads");
    }
    passes(work, "diagnosis");
    Verdict found = threads && hasLastVerdict ? verdictWithThreads : verdict;
    return new Judgement(found, "the port is " + found);
  }

  @Override
  public Saved save(List<GuardEvent> seen) {
    call("save");
    passes(work, "save");
    return new Saved(Optional.of(Path.of("there")), diskFull);
  }

  @Override
  public Attempt restart() {
    call("restart");
    passes(work, "restart");
    isOwn = true;
    return attempt();
  }

  @Override
  public Optional<String> otherRestart() {
    if (otherRestarts == 0) {
      return Optional.empty();
    }
    otherRestarts--;
    return Optional.of("java(99) of ann");
  }

  @Override
  public boolean adopt() {
    isOwn = hasSameCommand;
    return isOwn;
  }

  @Override
  public OptionalLong pid() {
    return OptionalLong.of(PID);
  }

  @Override
  public boolean isOwn() {
    return isOwn;
  }

  @Override
  public Attempt stop() {
    call("stop");
    passes(work, "stop");
    return new Attempt(Attempt.Kind.DONE, "the server was stopped");
  }
}
