// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.concurrent;

import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;

/**
 * Work that an idle thread of the common pool does beside the caller, or, if none has begun by the
 * time the result is asked for, the caller itself.
 */
public final class HelperTask<T> {

  private final FutureTask<T> task;

  private HelperTask(FutureTask<T> task) {
    this.task = task;
  }

  /**
   * Begins the work.
   *
   * @param work may throw no exception but one of the runtime
   */
  public static <T> HelperTask<T> call(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    ForkJoinPool others = ForkJoinPool.commonPool();
    // If tasks already wait in the pool, no worker is idle; without parallelism, none ever is.
    if (!others.hasQueuedSubmissions()) {
      others.execute(task);
    }
    return new HelperTask<>(task);
  }

  /** The result; waits for it even if interrupted. */
  public T join() {
    task.run();
    return UninterruptedWait.result(task);
  }
}
