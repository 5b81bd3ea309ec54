// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C end what a thread does instead of cutting it off: the thread is interrupted, and the
 * JVM waits until it has said how things are.
 */
public final class SignalGuard {

  /** Longer than the thread should ever need; then the JVM ends all the same. */
  private static final Duration LONGEST = Duration.ofSeconds(15);

  private final CountDownLatch said = new CountDownLatch(1);
  private final Thread hook;

  private SignalGuard(Thread working, Duration longest) {
    hook = new Thread(() -> end(working, longest), "tcptable-interruption");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending already.
      working.interrupt();
    }
  }

  /** Of this thread, until that is over. */
  public static SignalGuard ofThisThread() {
    return ofThisThread(LONGEST);
  }

  /** The same for one that may need this long to end what it does. */
  public static SignalGuard ofThisThread(Duration longest) {
    return new SignalGuard(Thread.currentThread(), longest);
  }

  private void end(Thread working, Duration longest) {
    working.interrupt();
    try {
      boolean inTime = said.await(longest.toMillis(), TimeUnit.MILLISECONDS);
      assert inTime : "not told how things are";
    } catch (InterruptedException e) {
      // The JVM ends.
    }
  }

  /** The thread has said how things are. */
  public void over() {
    said.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It runs.
    }
  }
}
