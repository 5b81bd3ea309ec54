// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.procfs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes a read that the kernel may let wait without end, in a thread that can be left behind. The
 * memory of a process, which holds its arguments and mappings, is read under its {@code mmap_lock};
 * a thread of the process that waits for a disk or a network file system while it changes the
 * mappings keeps that lock, and no signal ends the wait.
 *
 * <p>What did not answer is not asked again while its thread still waits, and if many threads wait,
 * nothing is: so all reads together take a bounded time and a bounded number of threads.
 */
public final class TimeLimiter {

  /** Such a read takes microseconds; this leaves room for a machine without a free processor. */
  public static final Duration LIMIT = Duration.ofMillis(500);

  /** How many threads may be left behind at a time. */
  private static final int MOST_LEFT_BEHIND = 16;

  private static final int IDLE_SECONDS = 2;

  private static final TimeLimiter SHARED = new TimeLimiter();

  /** What is being waited for by threads that were left behind. */
  private final Set<String> unanswered = ConcurrentHashMap.newKeySet();

  private final ExecutorService readers =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          TimeLimiter::thread);

  TimeLimiter() {}

  /** The one of this JVM. */
  public static TimeLimiter shared() {
    return SHARED;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, "tcptable-proc", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }

  /**
   * The result of a read.
   *
   * @param what is read, such as {@code /proc/42/cmdline}
   * @throws UnansweredException if there is none within the limit
   * @throws IOException if the read fails, or is not made since too many others wait
   */
  public <T> T call(String what, Callable<T> read) throws IOException {
    if (unanswered.contains(what)) {
      throw new UnansweredException(what);
    }
    if (unanswered.size() >= MOST_LEFT_BEHIND) {
      throw new IOException(what + " was not read: too many other reads have not been answered");
    }
    FutureTask<T> task =
        new FutureTask<>(read) {
          @Override
          protected void done() {
            unanswered.remove(what);
          }
        };
    readers.execute(task);
    try {
      return await(task);
    } catch (TimeoutException e) {
      unanswered.add(what);
      if (task.isDone()) {
        unanswered.remove(what);
      }
      throw new UnansweredException(what);
    } catch (ExecutionException e) {
      throw failure(Objects.requireNonNull(e.getCause()));
    }
  }

  /** The same, of a file. */
  public <T> T call(Path what, Callable<T> read) throws IOException {
    return call(what.toString(), read);
  }

  /** Waits on if its thread is interrupted, which that is told afterwards: it is not for long. */
  private static <T> T await(FutureTask<T> task) throws ExecutionException, TimeoutException {
    long end = System.nanoTime() + LIMIT.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
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

  private static IOException failure(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof RuntimeException exception) {
      throw exception;
    }
    return cause instanceof IOException exception ? exception : new IOException(cause);
  }
}
