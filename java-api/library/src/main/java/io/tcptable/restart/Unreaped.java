// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Processes that have ended and whose parent has not taken notice: their PIDs are not free yet, so
 * that a server which reads its PID file takes itself for running ({@code kill(pid, 0)}).
 */
final class Unreaped {

  /** A parent takes notice within milliseconds, or never. */
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private Unreaped() {}

  /** Gives the parents a moment; returns those that are still there. */
  static List<OsProcess> await(Collection<OsProcess> ended) throws InterruptedException {
    Deadline deadline = Deadline.after(LONGEST);
    List<OsProcess> left = of(ended);
    while (!left.isEmpty() && !deadline.isOver()) {
      deadline.pause();
      left = of(left);
    }
    return left;
  }

  /** Those that are still there. */
  static List<OsProcess> of(Collection<OsProcess> ended) {
    return ended.stream().filter(it -> it.exists() && !it.isRunning()).toList();
  }

  /** {@code apache2(42) has ended, but sleep(1) has not taken notice}. */
  static String text(List<OsProcess> zombies) {
    String parents =
        Processes.names(zombies.stream().flatMap(it -> it.parent().stream()).distinct().toList());
    return Processes.names(zombies)
        + (zombies.size() == 1 ? " has ended" : " have ended")
        + ", but "
        + (parents.isEmpty() ? "the parent" : parents)
        + " has not reaped "
        + (zombies.size() == 1 ? "it" : "them")
        + ": a PID file with that PID counts as that of a running server";
  }
}
