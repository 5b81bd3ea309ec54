// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The time of this system for moments of {@code System.nanoTime()}. It keeps their order, unless
 * the system's clock was set, or the machine has slept. For one thread.
 */
final class WatchClock {

  /** What differs by less is the time between two readings. */
  private static final Duration SET = Duration.ofMillis(10);

  /** Two readings with more between them, as this thread had to wait, say nothing. */
  private static final long TOGETHER = TimeUnit.MILLISECONDS.toNanos(1);

  private final Supplier<Instant> system;
  private final LongSupplier monotonic;
  private Instant at;
  private long nanos;

  WatchClock() {
    this(Instant::now, System::nanoTime);
  }

  WatchClock(Supplier<Instant> system, LongSupplier monotonic) {
    this.system = system;
    this.monotonic = monotonic;
    this.nanos = monotonic.getAsLong();
    this.at = system.get();
  }

  /** The time of that moment. */
  Instant at(long moment) {
    return at.plusNanos(moment - nanos);
  }

  /** The time now; notices if the system's clock was set. */
  Instant now() {
    long before = monotonic.getAsLong();
    Instant now = system.get();
    long after = monotonic.getAsLong();
    if (after - before <= TOGETHER && Duration.between(at(before), now).abs().compareTo(SET) > 0) {
      at = now;
      nanos = before;
    }
    return at(after);
  }
}
