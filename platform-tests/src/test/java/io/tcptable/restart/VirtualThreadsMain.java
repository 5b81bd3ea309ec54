// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.PinnedProcess;
import java.time.Duration;
import java.util.Optional;

/**
 * One virtual thread waits for the end of a process, and another kills it: prints what happens, in
 * order. There is one carrier for both, so that the second runs only when the first lets go of it.
 */
public final class VirtualThreadsMain {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private VirtualThreadsMain() {}

  private interface Task {
    void run() throws Exception;
  }

  public static void main(String[] words) throws Exception {
    Process child = new ProcessBuilder("sleep", "120").start();
    OsProcess process = OsProcess.of(child.pid()).orElseThrow();
    try (PinnedProcess waitedFor = pinned(process);
        PinnedProcess killed = pinned(process)) {
      Thread waiting =
          start(
              () -> {
                System.out.println("waits");
                boolean ended = waitedFor.awaitEnd(LONGEST);
                System.out.println(ended ? "has ended" : "has not ended");
              });
      Thread killing =
          start(
              () -> {
                System.out.println("kills");
                killed.kill();
              });
      waiting.join();
      killing.join();
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private static PinnedProcess pinned(OsProcess process) {
    Optional<PinnedProcess> pinned = process.hold();
    return pinned.orElseThrow();
  }

  /** By name: Java 17, for which the tests are compiled, knows no virtual threads. */
  private static Thread start(Task task) throws ReflectiveOperationException {
    Runnable body =
        () -> {
          try {
            task.run();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        };
    return (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, body);
  }
}
