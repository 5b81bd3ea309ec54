// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.concurrent;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Waits that an interruption does not end, for what takes a moment only. If the thread was
 * interrupted meanwhile, its interrupt status is set again afterwards.
 */
public final class UninterruptedWait {

  /** A wait that throws if its thread is interrupted, and may be called again then. */
  @FunctionalInterface
  private interface Wait<T, E extends Exception> {
    T await() throws InterruptedException, E;
  }

  private UninterruptedWait() {}

  /**
   * The result of work on another thread.
   *
   * @throws RuntimeException what the work has thrown; an {@link Error} likewise. It may throw no
   *     other exception
   */
  public static <T> T result(Future<T> work) {
    try {
      return repeat(work::get);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }

  /** Until a thread has ended. */
  public static void join(Thread thread) {
    repeat(
        () -> {
          thread.join();
          return true;
        });
  }

  /** The same, for so long at most. */
  public static void join(Thread thread, Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    repeat(
        () -> {
          TimeUnit.NANOSECONDS.timedJoin(thread, end - System.nanoTime());
          return true;
        });
  }

  private static <T, E extends Exception> T repeat(Wait<T, E> wait) throws E {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return wait.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
