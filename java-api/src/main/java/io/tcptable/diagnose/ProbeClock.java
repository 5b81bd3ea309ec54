package io.tcptable.diagnose;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** The time that a health probe has taken, and has left. Immutable. */
final class ProbeClock {

  private final long start = System.nanoTime();
  private final Duration deadline;

  /** Starts now. */
  ProbeClock(Duration deadline) {
    this.deadline = deadline;
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  Duration deadline() {
    return deadline;
  }

  boolean isOver() {
    return elapsed().compareTo(deadline) >= 0;
  }

  /** Not negative. */
  Duration left() {
    Duration left = deadline.minus(elapsed());
    return left.isNegative() ? Duration.ZERO : left;
  }

  /**
   * For a timeout of a socket, where 0 would be without end.
   *
   * @throws SocketTimeoutException if none is left
   */
  int millisLeft() throws SocketTimeoutException {
    if (isOver()) {
      throw new SocketTimeoutException();
    }
    // Rounded up, so that no attempt ends before its time.
    return (int) Math.min(Integer.MAX_VALUE, left().toMillis() + 1);
  }
}
