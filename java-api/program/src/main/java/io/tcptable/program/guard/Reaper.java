// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.guard;

import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.Platform;
import io.tcptable.internal.platform.SourceException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

/**
 * Waits for orphans while a guard runs: where that is PID 1 of a container, the system gives them
 * to it. A look each second costs one system call. Only a program may do so, which knows of every
 * child that it has started; a library cannot know what the code around it starts.
 */
final class Reaper implements AutoCloseable {

  /** Of one look. */
  private static final int MOST = 256;

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** If one look was not enough. */
  private static final Duration SHORT_INTERVAL = Duration.ofMillis(10);

  private final IntUnaryOperator reaping;
  private final Consumer<String> failure;
  private final Thread thread = new Thread(this::run, "tcptable-reaper");

  private Reaper(IntUnaryOperator reaping, Consumer<String> failure) {
    this.reaping = reaping;
    this.failure = failure;
    thread.setDaemon(true);
  }

  /**
   * Starts to wait for those of this process.
   *
   * @param warning is told if it cannot, and this is PID 1
   */
  static Reaper start(Consumer<String> warning) {
    boolean isInit = ProcessHandle.current().pid() == Platform.INIT;
    return start(
        most -> Platforms.access().processes().reapOrphans(most),
        why -> {
          if (isInit) {
            warning.accept(
                "orphans stay zombies: "
                    + why
                    + "; run the container with an init, such as docker run --init");
          }
        });
  }

  /**
   * The same.
   *
   * @param reaping is given how many to wait for, and returns for how many it has
   * @param failure is told why it ends, if it does
   */
  static Reaper start(IntUnaryOperator reaping, Consumer<String> failure) {
    Reaper reaper = new Reaper(reaping, failure);
    reaper.thread.start();
    return reaper;
  }

  private void run() {
    try {
      while (true) {
        boolean areMore = reaping.applyAsInt(MOST) == MOST;
        Thread.sleep((areMore ? SHORT_INTERVAL : INTERVAL).toMillis());
      }
    } catch (SourceException e) {
      failure.accept(e.getMessage());
    } catch (InterruptedException e) {
      // The guard has ended.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
