// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WatchClockTest {

  private static final Instant BEGIN = Instant.parse("2026-11-28T00:00:00Z");

  private Instant system = BEGIN;
  private long nanos = 1_000;

  /** How long a thread waits between two readings. */
  private long delay;

  private final WatchClock clock =
      new WatchClock(
          () -> {
            pass(Duration.ofNanos(delay));
            return system;
          },
          () -> nanos);

  private void pass(Duration time) {
    nanos += time.toNanos();
    system = system.plus(time);
  }

  @Test
  void aMomentHasOneTimeHoweverOftenTheClocksAreRead() {
    pass(Duration.ofSeconds(1));
    long moment = nanos;
    Instant told = clock.at(moment);
    delay = 180_000;
    pass(Duration.ofMillis(5));
    clock.now();
    assertThat(clock.at(moment)).isEqualTo(told).isEqualTo(BEGIN.plusSeconds(1));
  }

  @Test
  void aClockThatWasSetIsFollowed() {
    system = system.plusSeconds(3_600);
    assertThat(clock.now()).isEqualTo(BEGIN.plusSeconds(3_600));
    assertThat(clock.at(nanos + 5)).isEqualTo(BEGIN.plusSeconds(3_600).plusNanos(5));
  }

  @Test
  void aThreadThatHadToWaitIsNoClockThatWasSet() {
    delay = Duration.ofMillis(50).toNanos();
    clock.now();
    delay = 0;
    assertThat(clock.now()).isEqualTo(system);
  }
}
