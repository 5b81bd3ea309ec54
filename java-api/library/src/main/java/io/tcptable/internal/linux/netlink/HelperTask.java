// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;

/**
 * Work that an idle thread of the common pool does beside the caller, or, if none has begun by the
 * time the result is asked for, the caller itself.
 */
final class HelperTask<T> {

  private final FutureTask<T> task;

  private HelperTask(FutureTask<T> task) {
    this.task = task;
  }

  static <T> HelperTask<T> call(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    ForkJoinPool others = ForkJoinPool.commonPool();
    // If tasks already wait in the pool, no worker is idle; without parallelism, none ever is.
    if (!others.hasQueuedSubmissions()) {
      others.execute(task);
    }
    return new HelperTask<>(task);
  }

  /** The result; waits for it even if interrupted, as it is never far. */
  T join() {
    task.run();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
