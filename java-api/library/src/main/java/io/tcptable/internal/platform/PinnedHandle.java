// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import java.time.Duration;

/**
 * One process held fast, to signal it and to wait for its end. For use by one thread at a time.
 *
 * <p>A process that has ended but whose parent has not yet asked for its exit code, a zombie,
 * counts as ended: it holds no socket any more.
 */
public interface PinnedHandle extends AutoCloseable {

  /** Whether the system itself keeps a later process with the same PID from being mistaken. */
  boolean isPinned();

  /** Whether this user may signal the process; true as well if it has ended. Signals nothing. */
  boolean maySignal();

  /** Whether there is a way to ask the process to end; if not, it can only be ended. */
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
   * Waits until the process has ended.
   *
   * @param longest how long to wait; not at all if it is zero or less
   * @return whether it has ended
   * @throws InterruptedException if this thread is interrupted
   */
  boolean awaitEnd(Duration longest) throws InterruptedException;

  @Override
  void close();
}
