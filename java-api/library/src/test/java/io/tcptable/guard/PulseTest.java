// SPDX-License-Identifier: Apache-2.0
package io.tcptable.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.diagnose.Verdict;
import io.tcptable.guard.GuardEvent.Kind;
import io.tcptable.guard.GuardedPort.Attempt;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A clock is set by the test: the margin is two minutes. */
class PulseTest {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private Instant now = Instant.EPOCH;
  private final Pulse pulse = new Pulse(() -> now, LONGEST);

  private boolean isStuckAfter(Duration time) {
    now = now.plus(time);
    return pulse.isStuck();
  }

  @Test
  void aPauseOfAnyLengthIsNoReason() {
    pulse.pauses(Duration.ofDays(1));

    assertThat(isStuckAfter(Duration.ofDays(1))).isFalse();
    assertThat(isStuckAfter(Duration.ofMinutes(2))).isFalse();
    assertThat(isStuckAfter(Duration.ofMillis(1))).as("it never returned").isTrue();
  }

  @Test
  void workMayTakeWhatItWaitsForAndAMargin() {
    pulse.works();

    assertThat(isStuckAfter(LONGEST.plusMinutes(2))).isFalse();
    assertThat(isStuckAfter(Duration.ofMillis(1))).isTrue();

    pulse.works();
    assertThat(pulse.isStuck()).as("it went on after all").isFalse();
  }

  /** Such as that the folder for the evidence cannot be looked at. */
  @Test
  void whatIsStuckBeforeTheFirstLookIsSeenToo() {
    assertThat(isStuckAfter(LONGEST.plusMinutes(2))).isFalse();
    assertThat(isStuckAfter(Duration.ofMillis(1))).isTrue();
  }

  /** Long times of every kind: the parts of each take two minutes beside what they wait. */
  @Test
  void aLoopThatTakesItsTimeIsNotStuck() {
    FakePort port = new FakePort().taking(LONGEST.plusMinutes(2), LONGEST);
    port.good(1)
        .unhealthy(9, Verdict.HANGING)
        .lastVerdict(Verdict.HANGING)
        .ended(2, 1)
        .attempts(Attempt.Kind.DONE, Attempt.Kind.ENDED, Attempt.Kind.DONE)
        .good(3)
        .guard(
            GuardSettings.DEFAULT
                .interval(Duration.ofMinutes(10))
                .badFor(Duration.ofHours(1))
                .backoff(Duration.ofHours(2), Duration.ofHours(4)));

    assertThat(port.events())
        .contains(Kind.BAD, Kind.EVIDENCE_SAVED, Kind.START_FAILED, Kind.STARTED, Kind.STOPPED);
    assertThat(port.whereItWasStuck()).isEmpty();
  }

  @Test
  void aLookThatTakesLongerIsStuck() {
    FakePort port = new FakePort().taking(LONGEST.plusMinutes(2).plusMillis(1), LONGEST);
    port.good(3).guard();

    assertThat(port.whereItWasStuck()).containsOnly("start", "look", "stop").contains("look");
  }
}
