// SPDX-License-Identifier: Apache-2.0
package io.tcptable.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.diagnose.Verdict;
import io.tcptable.guard.GuardEvent.Kind;
import io.tcptable.guard.GuardedPort.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Looks are 5 s apart, and a server is restarted after 30 s. */
class GuardLoopTest {

  private final FakePort port = new FakePort();

  @Test
  void aHealthyServerIsLeftAlone() {
    GuardEnd end = port.good(20).guard();

    assertThat(end).isEqualTo(new GuardEnd(GuardEnd.Reason.STOPPED, "the server was stopped"));
    assertThat(port.calls()).containsExactly("start@0", "stop@105");
    assertThat(port.events()).containsExactly(Kind.STARTED, Kind.STOPPING, Kind.STOPPED);
  }

  @Test
  void badForLessThanAskedIsNoReason() {
    port.good(1).unhealthy(6, Verdict.HANGING).good(1).guard();

    assertThat(port.calls()).containsExactly("start@0", "stop@45");
    assertThat(port.events())
        .containsExactly(Kind.STARTED, Kind.BAD, Kind.RECOVERED, Kind.STOPPING, Kind.STOPPED);
    assertThat(port.event(Kind.BAD).message())
        .isEqualTo("the port is HANGING; restart in 30s unless it answers");
    assertThat(port.event(Kind.BAD).verdict()).hasValue(Verdict.HANGING);
    assertThat(port.event(Kind.RECOVERED).message())
        .isEqualTo("the server answers again, after 30s");
  }

  /** Each bad time begins anew. */
  @Test
  void shortTimesDoNotAddUp() {
    port.unhealthy(5, Verdict.HANGING).good(1).unhealthy(5, Verdict.HANGING).good(1).guard();

    assertThat(port.calls()).containsExactly("start@0", "stop@65");
  }

  @ParameterizedTest
  @EnumSource(
      value = Verdict.class,
      names = {"HANGING", "DOWN", "FREE"})
  void theEvidenceIsSavedBeforeTheRestart(Verdict verdict) {
    port.good(1).unhealthy(7, verdict).lastVerdict(verdict).good(1).guard();

    assertThat(port.calls())
        .containsExactly("start@0", "threads@40", "save@40", "restart@40", "stop@50");
    assertThat(port.events())
        .containsExactly(
            Kind.STARTED,
            Kind.BAD,
            Kind.EVIDENCE_SAVED,
            Kind.RESTARTING,
            Kind.STARTED,
            Kind.STOPPING,
            Kind.STOPPED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Verdict.class,
      names = {"HEALTHY", "DEGRADED"},
      mode = Mode.EXCLUDE)
  void aServerThatListensNoMoreIsDown(Verdict verdict) {
    port.good(1).notListening(7, verdict).lastVerdict(verdict).good(1).guard();

    assertThat(port.calls()).contains("restart@40");
  }

  @ParameterizedTest
  @EnumSource(
      value = Verdict.class,
      names = {"DEGRADED", "UNKNOWN"})
  void aServerThatAnswersSomehowIsNotRestarted(Verdict verdict) {
    port.good(1).unhealthy(20, verdict).good(1).guard();

    assertThat(port.calls()).containsExactly("start@0", "stop@115");
    assertThat(port.events())
        .containsExactly(Kind.STARTED, Kind.DEGRADED, Kind.RECOVERED, Kind.STOPPING, Kind.STOPPED);
  }

  /** Another protocol than that of the health check, which the diagnosis knows. */
  @Test
  void theDiagnosisOverrulesTheHealthCheck() {
    port.unhealthy(20, Verdict.HEALTHY).guard();

    assertThat(port.events()).containsExactly(Kind.STARTED, Kind.STOPPING, Kind.STOPPED);
  }

  @Test
  void aServerThatAnswersAtTheLastDiagnosisIsNotRestarted() {
    port.unhealthy(7, Verdict.HANGING).lastVerdict(Verdict.HEALTHY).good(1).guard();

    assertThat(port.calls()).containsExactly("start@0", "threads@35", "stop@45");
  }

  @Test
  void aFullDiskDoesNotStopTheRestart() {
    port.unhealthy(7, Verdict.HANGING).lastVerdict(Verdict.HANGING).diskFull().good(1).guard();

    assertThat(port.calls()).containsSequence("save@35", "restart@35");
    assertThat(port.event(Kind.EVIDENCE_FAILED).message())
        .isEqualTo(
            "diagnosis.json (No space left on device); the guard goes on without that evidence");
  }

  /** 0, 1, 2, 4 and 8 s, and then the sixth within ten minutes. */
  @Test
  void aServerThatCrashesAgainAndAgainIsGivenUp() {
    port.ended(5, 1)
        .attempts(
            Attempt.Kind.DONE,
            Attempt.Kind.ENDED,
            Attempt.Kind.ENDED,
            Attempt.Kind.ENDED,
            Attempt.Kind.ENDED,
            Attempt.Kind.ENDED);

    GuardEnd end = port.guard();

    assertThat(end)
        .isEqualTo(
            new GuardEnd(
                GuardEnd.Reason.GAVE_UP, "gave up: 5 restarts within 10m00s did not help"));
    assertThat(port.calls())
        .containsExactly(
            "start@0",
            "save@5",
            "restart@5",
            "save@5",
            "restart@6",
            "save@6",
            "restart@8",
            "save@8",
            "restart@12",
            "save@12",
            "restart@20");
    assertThat(port.events()).last().isEqualTo(Kind.GAVE_UP);
    assertThat(port.event(Kind.ENDED).exitCode()).hasValue(1);
  }

  /** One restart in three minutes never becomes too many. */
  @Test
  void oldRestartsAreForgotten() {
    for (int i = 0; i < 20; i++) {
      port.good(36).ended(2, 1);
    }

    assertThat(port.guard().reason()).isEqualTo(GuardEnd.Reason.STOPPED);
    assertThat(port.events()).filteredOn(Kind.STARTED::equals).hasSizeGreaterThan(15);
  }

  @Test
  void theDelayHasABound() {
    RestartBudget budget =
        new RestartBudget(Duration.ofSeconds(1), Duration.ofSeconds(3), 6, Duration.ofHours(1));
    assertThat(
            IntStream.range(0, 7)
                .mapToObj(i -> budget.next(Instant.EPOCH))
                .map(it -> it.map(Duration::toSeconds).orElse(-1L)))
        .containsExactly(0L, 1L, 2L, 3L, 3L, 3L, -1L);
  }

  @Test
  void aServerThatRecoversDuringTheDelayIsNotRestarted() {
    port.ended(1, 1).unhealthy(7, Verdict.HANGING).lastVerdict(Verdict.HANGING).good(2).guard();

    assertThat(port.calls())
        .filteredOn(it -> it.startsWith("restart"))
        .containsExactly("restart@5");
  }

  @Test
  void exitCode0EndsTheGuard() {
    GuardEnd end = port.good(1).ended(1, 0).guard();

    assertThat(end).isEqualTo(new GuardEnd(GuardEnd.Reason.SERVER_ENDED, "PID 42 has ended"));
    assertThat(port.calls()).containsExactly("start@0");
  }

  @Test
  void unlessItIsToRunAlways() {
    port.good(1).ended(1, 0).good(1).guard(GuardSettings.DEFAULT.toRunAlways());

    assertThat(port.calls()).containsExactly("start@0", "save@10", "restart@10", "stop@20");
  }

  /** It never did what it was started for. */
  @Test
  void exitCode0OfAServerThatNeverServedIsAFailure() {
    port.attempts(Attempt.Kind.UNHEALTHY).ended(1, 0).good(1).guard();

    assertThat(port.calls()).contains("restart@5");
    assertThat(port.events()).first().isEqualTo(Kind.STARTED_UNHEALTHY);
  }

  @Test
  void aRestartByAnotherProcessIsAwaited() {
    port.good(1).ended(3, 143).otherRestartFor(3).replaced().good(10).guard();

    assertThat(port.calls()).containsExactly("start@0", "stop@80");
    assertThat(port.events())
        .containsExactly(
            Kind.STARTED, Kind.OTHER_RESTART, Kind.REPLACED, Kind.STOPPING, Kind.STOPPED);
    assertThat(port.event(Kind.OTHER_RESTART).message())
        .isEqualTo("PID 42 has ended; java(99) of ann restarts or frees the port");
  }

  /** Even if the server ended with 0 because it was stopped. */
  @Test
  void ifNoServerFollowsTheCommandIsStartedAfterTheSameTime() {
    port.good(1).ended(9, 0).otherRestartFor(1).good(1).guard();

    assertThat(port.calls()).contains("restart@45");
    assertThat(port.events()).contains(Kind.OTHER_RESTART, Kind.ENDED, Kind.RESTARTING);
  }

  @Test
  void aServerOfTheSameCommandIsGuardedOn() {
    port.replaced().unhealthy(7, Verdict.HANGING).lastVerdict(Verdict.HANGING).good(1).guard();

    assertThat(port.event(Kind.REPLACED).message())
        .isEqualTo(
            "node(77) listens now; it runs the command of this guard, and is guarded from now on");
    assertThat(port.calls()).contains("save@40", "restart@40");
  }

  @Test
  void aServerOfAnotherCommandIsNeverStopped() {
    GuardEnd end =
        port.replaced()
            .ofAnotherCommand()
            .unhealthy(30, Verdict.HANGING)
            .lastVerdict(Verdict.HANGING)
            .guard();

    assertThat(port.calls()).containsExactly("start@0", "threads@40", "save@40");
    assertThat(port.events())
        .containsExactly(
            Kind.STARTED,
            Kind.REPLACED,
            Kind.BAD,
            Kind.EVIDENCE_SAVED,
            Kind.LEFT_ALONE,
            Kind.STOPPED);
    assertThat(end.message())
        .isEqualTo("the server on the port was not started by this guard, and is left running");
  }

  @ParameterizedTest
  @EnumSource(
      value = Attempt.Kind.class,
      names = {"BUSY", "TAKEN", "REFUSED", "FAILED"})
  void aStartThatCannotBeEndsTheGuard(Attempt.Kind kind) {
    GuardEnd end = port.attempts(kind).guard();

    assertThat(end)
        .isEqualTo(
            new GuardEnd(
                kind == Attempt.Kind.FAILED ? GuardEnd.Reason.FAILED : GuardEnd.Reason.REFUSED,
                kind == Attempt.Kind.TAKEN
                    ? "attempt TAKEN; it was not stopped"
                    : "attempt " + kind));
    assertThat(port.events()).isEmpty();
  }

  /** What it depends on may come later. */
  @Test
  void aFirstStartThatEndsIsTriedAgain() {
    port.attempts(Attempt.Kind.ENDED).good(1).guard();

    assertThat(port.calls()).containsExactly("start@0", "save@0", "restart@0", "stop@10");
  }

  @Test
  void aLookThatFailsIsToldOnce() {
    port.good(1).unreadable(5).good(1).guard();

    assertThat(port.events())
        .containsExactly(Kind.STARTED, Kind.LOOK_FAILED, Kind.STOPPING, Kind.STOPPED);
  }
}
