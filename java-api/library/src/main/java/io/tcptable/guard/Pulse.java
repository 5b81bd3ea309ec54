// SPDX-License-Identifier: Apache-2.0
package io.tcptable.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Whether the loop of a guard goes on. The loop's thread tells each thing that it begins, any
 * thread may ask.
 */
final class Pulse {

  /**
   * What a part of the work takes beside waiting: to read the system, to ask JVMs for their
   * threads, to write the evidence, and to tell listeners.
   */
  static final Duration MARGIN = Duration.ofMinutes(2);

  private final Supplier<Instant> clock;
  private final Duration longest;
  private volatile Instant latest;

  /**
   * @param clock one that is not set meanwhile
   * @param longest how long a part of the work may wait for others
   */
  Pulse(Supplier<Instant> clock, Duration longest) {
    this.clock = clock;
    this.longest = longest;
    this.latest = end(longest);
  }

  /** By a clock that begins at the time of the system. */
  static Pulse ofNow(Duration longest) {
    Instant begin = Instant.now();
    long beginNanos = System.nanoTime();
    return new Pulse(() -> begin.plusNanos(System.nanoTime() - beginNanos), longest);
  }

  Instant now() {
    return clock.get();
  }

  private Instant end(Duration time) {
    return clock.get().plus(time).plus(MARGIN);
  }

  /** A part of the work begins. */
  void works() {
    latest = end(longest);
  }

  /** A pause of this length begins. */
  void pauses(Duration time) {
    latest = end(time);
  }

  /** Whether what has begun takes longer than it may. */
  boolean isStuck() {
    return clock.get().isAfter(latest);
  }
}
