// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** The time that a health probe has taken, and has left. Immutable. */
final class ProbeClock {

  private final Duration deadline;
  private final long end;
  private final long start;

  private ProbeClock(Duration deadline, long end, long start) {
    this.deadline = deadline;
    this.end = end;
    this.start = start;
  }

  /** Starts now. */
  static ProbeClock start(Duration deadline) {
    long now = System.nanoTime();
    return new ProbeClock(deadline, now + deadline.toNanos(), now);
  }

  /** With the same end, but what has passed counts from now. */
  ProbeClock lap() {
    return new ProbeClock(deadline, end, System.nanoTime());
  }

  /** For a part of the work, which may take only so long of what is left. */
  ProbeClock atMost(Duration longest) {
    long now = System.nanoTime();
    return new ProbeClock(longest, now + Math.min(end - now, longest.toNanos()), now);
  }

  /** How long there was from the very start. */
  Duration deadline() {
    return deadline;
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  boolean isOver() {
    return nanosLeft() <= 0;
  }

  /** Negative if it is over. */
  long nanosLeft() {
    return end - System.nanoTime();
  }

  /**
   * For a timeout of a socket, where 0 would be without end.
   *
   * @throws SocketTimeoutException if none is left
   */
  int millisLeft() throws SocketTimeoutException {
    long nanos = nanosLeft();
    if (nanos <= 0) {
      throw new SocketTimeoutException();
    }
    // Rounded up, so that no attempt ends before its time.
    return (int) Math.min(Integer.MAX_VALUE, nanos / 1_000_000 + 1);
  }
}
