// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.procfs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes reads that the kernel may let wait without end, in a thread that can be left behind. The
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

  /** How many threads may be left behind at a time, and by one batch. */
  private static final int MOST_LEFT_BEHIND = 16;

  private static final int IDLE_SECONDS = 2;

  private static final TimeLimiter SHARED = new TimeLimiter();

  /** What a thread that reads works on. */
  private static final ThreadLocal<Attempt> CURRENT = new ThreadLocal<>();

  /** What is being waited for by threads that were left behind. */
  private final Set<String> unanswered = ConcurrentHashMap.newKeySet();

  private final ExecutorService readers;

  TimeLimiter() {
    this(
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            TimeLimiter::thread));
  }

  /** With the threads of an executor, which has to start as many as there are tasks. */
  TimeLimiter(ExecutorService readers) {
    this.readers = readers;
  }

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
    Attempt attempt = CURRENT.get();
    return attempt == null ? batch(() -> call(what, read)) : attempt.read(what, read);
  }

  /** The same, of a file. */
  public <T> T call(Path what, Callable<T> read) throws IOException {
    return call(what.toString(), read);
  }

  /**
   * The result of work that makes many such reads, all of them in one thread: to hand over each
   * costs more than the read. If one does not answer, the work is begun again in another thread,
   * where that read fails at once. So it has to skip what it has done before.
   *
   * @param work its reads may wait in a {@code call} only
   */
  public <T> T batch(Callable<T> work) throws IOException {
    return new Work<>(work).start().result();
  }

  /** The same of several works at once, each of them in a thread of its own. */
  public <T> List<T> batches(List<Callable<T>> works) throws IOException {
    List<Work<T>> started = new ArrayList<>(works.size());
    for (Callable<T> work : works) {
      started.add(new Work<>(work).start());
    }
    List<T> results = new ArrayList<>(works.size());
    for (Work<T> work : started) {
      results.add(work.result());
    }
    return results;
  }

  /** Work that is begun again without what does not answer. */
  private final class Work<T> {

    private final Callable<T> work;
    private final Set<String> leftOut = new HashSet<>();
    private Attempt attempt = new Attempt(Set.of());
    private FutureTask<T> task;

    Work(Callable<T> work) {
      this.work = work;
      this.task = task();
    }

    private FutureTask<T> task() {
      Attempt now = attempt;
      return new FutureTask<>(() -> now.run(work));
    }

    Work<T> start() {
      readers.execute(task);
      return this;
    }

    T result() throws IOException {
      while (true) {
        try {
          return await(task, attempt);
        } catch (TimeoutException e) {
          leftOut.add(attempt.what());
          attempt = new Attempt(leftOut);
          task = task();
          start();
        } catch (ExecutionException e) {
          throw failure(Objects.requireNonNull(e.getCause()));
        }
      }
    }
  }

  /** Waits on if its thread is interrupted, which that is told afterwards: it is not for long. */
  private static <T> T await(FutureTask<T> task, Attempt attempt)
      throws ExecutionException, TimeoutException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get(attempt.nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (TimeoutException e) {
          if (attempt.leaveBehind()) {
            throw e;
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Work in one thread, until it is done or one of its reads does not answer. */
  private final class Attempt {

    private final Set<String> leftOut;
    private String what = "";
    private long deadline;
    private boolean isReading;
    private boolean isLeftBehind;

    /**
     * @param leftOut what has not answered the same work before
     */
    Attempt(Set<String> leftOut) {
      this.leftOut = Set.copyOf(leftOut);
    }

    <T> T run(Callable<T> work) throws Exception {
      CURRENT.set(this);
      try {
        return work.call();
      } finally {
        CURRENT.remove();
      }
    }

    <T> T read(String name, Callable<T> read) throws IOException {
      begin(name);
      try {
        return read.call();
      } catch (Exception e) {
        throw failure(e);
      } finally {
        end();
      }
    }

    private synchronized void begin(String name) throws IOException {
      if (isLeftBehind) {
        // Another thread goes on with the work.
        throw new CancellationException();
      }
      if (leftOut.contains(name) || unanswered.contains(name)) {
        throw new UnansweredException(name);
      }
      if (Math.max(leftOut.size(), unanswered.size()) >= MOST_LEFT_BEHIND) {
        throw new IOException(name + " was not read: too many other reads have not been answered");
      }
      what = name;
      deadline = System.nanoTime() + LIMIT.toNanos();
      isReading = true;
    }

    private synchronized void end() {
      isReading = false;
      if (isLeftBehind) {
        unanswered.remove(what);
      }
    }

    /** How long it may still be waited for, as far as is known now. */
    synchronized long nanosLeft() {
      return isReading ? deadline - System.nanoTime() : LIMIT.toNanos();
    }

    /** Does so if a read has not answered within the limit. */
    synchronized boolean leaveBehind() {
      isLeftBehind = isReading && deadline - System.nanoTime() <= 0;
      if (isLeftBehind) {
        unanswered.add(what);
      }
      return isLeftBehind;
    }

    /** What was read last. */
    synchronized String what() {
      return what;
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
