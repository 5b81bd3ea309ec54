// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One pinned process, to signal it and to wait until it has ended. For use by one thread at a time.
 *
 * <p>A process that has ended but whose parent has not yet asked for its exit code, a zombie,
 * counts as ended: it holds no socket any more.
 */
public interface PinnedHandle extends AutoCloseable {

  /** How long a wait pauses after its first look; twice as long after each further one. */
  long SHORTEST_PAUSE_NANOS = 1_000_000;

  long LONGEST_PAUSE_NANOS = 16_000_000;

  /** Whether the system itself keeps a later process with the same PID from being mistaken. */
  boolean isPinned();

  /** Whether this user may signal the process; true as well if it has ended. Signals nothing. */
  boolean maySignal();

  /** Whether there may be a way to ask the process to end; if not, it can only be ended. */
  default boolean canBeAsked() {
    return true;
  }

  /**
   * Asks the process to end.
   *
   * @return false if it has ended already, or cannot be asked
   * @throws SourceException if this user may not
   */
  boolean terminate();

  /**
   * Ends the process, whether it wants to or not.
   *
   * @return false if it has ended already
   * @throws SourceException if this user may not
   */
  boolean kill();

  boolean hasEnded();

  /**
   * Waits until the process has ended: looks, and sleeps between the looks. A native call that
   * waits would pin a virtual thread to its carrier (JEP 444), and other virtual threads could not
   * go on.
   *
   * @param longest how long to wait; not at all if it is zero or less
   * @return whether it has ended
   * @throws InterruptedException if this thread is interrupted
   */
  default boolean awaitEnd(Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    long pause = SHORTEST_PAUSE_NANOS;
    while (!hasEnded()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.sleep(Math.min(pause, left));
      pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
    }
    return true;
  }

  @Override
  void close();
}
