// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import java.time.Duration;

/** A moment by which something must have happened. */
record Deadline(long nanoTime) {

  private static final long POLL_MILLIS = 50;

  static Deadline after(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /** What is left; zero or less if it is over. */
  Duration left() {
    return Duration.ofNanos(nanoTime - System.nanoTime());
  }

  boolean isOver() {
    return nanoTime - System.nanoTime() <= 0;
  }

  /** Waits a moment before the next look, not beyond the deadline. */
  void pause() throws InterruptedException {
    Thread.sleep(Math.max(1, Math.min(POLL_MILLIS, left().toMillis())));
  }
}
