// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.command;

import io.tcptable.program.terminal.Terminal;
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
  private final Terminal terminal;
  private final Thread hook;

  private SignalGuard(Terminal terminal, Thread working, Duration longest) {
    this.terminal = terminal;
    hook = new Thread(() -> end(working, longest), "tcptable-interruption");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending already.
      working.interrupt();
    }
  }

  /** Of this thread, until that is over. It says how things are on this terminal. */
  public static SignalGuard ofThisThread(Terminal terminal) {
    return ofThisThread(terminal, LONGEST);
  }

  /** The same for one that may need this long to end what it does. */
  public static SignalGuard ofThisThread(Terminal terminal, Duration longest) {
    return new SignalGuard(terminal, Thread.currentThread(), longest);
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

  /** The thread has said how things are: from now on, the JVM may end at any moment. */
  public void over() {
    terminal.out().flush();
    said.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It runs.
    }
  }
}
