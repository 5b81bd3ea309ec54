// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.TcpSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Whether a server stays: one that crashes and is started again is healthy now and then too. */
final class Steadiness {

  /** What is added to a healthy answer of a server that does not stay. */
  static final String LOST = ", but its process has ended since";

  private Steadiness() {}

  /**
   * Waits until one of those who listen has run for that long; false if none of them listens any
   * more by then. True where nobody is seen.
   */
  static boolean await(Supplier<? extends Collection<TcpSocket>> listeners, Duration settle)
      throws InterruptedException {
    Set<OsProcess> owners = Listeners.owners(listeners.get());
    Optional<Instant> eldest =
        owners.stream().map(OsProcess::startedAt).min(Comparator.naturalOrder());
    Duration left =
        eldest
            .map(start -> settle.minus(Duration.between(start, Instant.now())))
            .orElse(Duration.ZERO);
    if (left.isNegative() || left.isZero()) {
      return true;
    }
    Thread.sleep(Math.min(left.toMillis() + 1, settle.toMillis()));
    return Listeners.owners(listeners.get()).stream().anyMatch(owners::contains);
  }
}
