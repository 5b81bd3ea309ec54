// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.TcpSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.function.Supplier;

/** Whether a server stays: one that crashes and is started again is healthy now and then too. */
final class Steadiness {

  /** What is added to a healthy answer of a server that does not stay. */
  static final String LOST = ", but its process has ended since";

  private Steadiness() {}

  /**
   * Waits until one of those who listen has run for that long; false if none of them listens any
   * more by then. Where it is not known who listens, one of the sockets has to stay that long.
   *
   * @param seen the listeners that were there a moment ago
   * @param now those that are there when it is asked
   */
  static boolean await(
      Collection<TcpSocket> seen, Supplier<? extends Collection<TcpSocket>> now, Duration settle)
      throws InterruptedException {
    Set<OsProcess> owners = Listeners.owners(seen);
    Duration left =
        owners.stream()
            .map(OsProcess::startedAt)
            .min(Comparator.naturalOrder())
            .map(start -> settle.minus(Duration.between(start, Instant.now())))
            .orElse(settle);
    if (left.isNegative() || left.isZero()) {
      return true;
    }
    Thread.sleep(Math.min(left.toMillis() + 1, settle.toMillis()));
    Collection<TcpSocket> after = now.get();
    return owners.isEmpty()
        ? after.stream().anyMatch(seen::contains)
        : Listeners.owners(after).stream().anyMatch(owners::contains);
  }
}
