// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import java.time.Duration;

/** Waits in slices, so that an interruption of the thread is heard between them. */
public final class TimedWait {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private TimedWait() {}

  /** One look or wait. */
  @FunctionalInterface
  public interface Slice {

    /**
     * Waits for what is awaited.
     *
     * @param millis how long at most; 0 to look only
     * @return whether it has come
     */
    boolean await(int millis) throws InterruptedException;
  }

  /**
   * Waits slice by slice.
   *
   * @param longest how long to wait; not at all if it is zero or less
   * @param sliceMillis how long one slice may take
   * @return whether what is awaited has come
   * @throws InterruptedException if this thread is interrupted
   */
  public static boolean await(Duration longest, int sliceMillis, Slice slice)
      throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long left = end - System.nanoTime();
      boolean last = left <= sliceMillis * NANOS_PER_MILLI;
      // Rounded up, so that the last look is not before the end.
      long millis =
          last ? Math.max(0, (left + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI) : sliceMillis;
      if (slice.await((int) millis)) {
        return true;
      }
      if (last) {
        return false;
      }
    }
  }
}
