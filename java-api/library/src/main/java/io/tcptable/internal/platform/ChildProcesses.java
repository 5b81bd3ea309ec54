// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongPredicate;
import java.util.function.ToIntFunction;

/**
 * The processes that this program has started, all of them: every program is started here. The JVM
 * waits for the end of each, to learn its exit code. If anybody else did, it would tell 0 instead.
 *
 * <p>Safe for use by many threads.
 */
public final class ChildProcesses {

  private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

  /** Shared by those who start, exclusive for who must know all that were started. */
  private static final ReadWriteLock STARTING = new ReentrantReadWriteLock();

  private ChildProcesses() {}

  /**
   * Starts a program.
   *
   * @throws IOException as {@link ProcessBuilder#start()}
   */
  public static Process start(ProcessBuilder builder) throws IOException {
    STARTING.readLock().lock();
    try {
      STARTED.removeIf(it -> !it.isAlive());
      Process process = builder.start();
      STARTED.add(process);
      return process;
    } finally {
      STARTING.readLock().unlock();
    }
  }

  /**
   * Looks at the children of this process while none is being started: else one that the JVM has
   * just made, and of which nobody knows yet, could be taken for an orphan.
   *
   * @param look is given what tells of a PID whether the JVM waits, or has yet to wait, for that
   *     child; it delays those who start programs
   * @return what the look returns, or 0 without a look if a program is being started
   */
  public static int betweenStarts(ToIntFunction<LongPredicate> look) {
    if (!STARTING.writeLock().tryLock()) {
      return 0;
    }
    try {
      return look.applyAsInt(ChildProcesses::isAwaited);
    } finally {
      STARTING.writeLock().unlock();
    }
  }

  /** One of which the JVM has learned the end is gone, and its PID may be that of another. */
  private static boolean isAwaited(long pid) {
    return STARTED.stream().anyMatch(it -> it.pid() == pid && it.isAlive());
  }
}
