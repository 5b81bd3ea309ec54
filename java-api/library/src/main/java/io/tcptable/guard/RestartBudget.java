// SPDX-License-Identifier: Apache-2.0
package io.tcptable.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How many restarts there may be within a time, and how long to wait before each. */
final class RestartBudget {

  private final Duration first;
  private final Duration longest;
  private final int most;
  private final Duration within;
  private final Deque<Instant> taken = new ArrayDeque<>();

  /**
   * @param first the delay before the second restart; it doubles with each further one
   * @param longest to which the delay grows
   * @param most how many restarts there may be within a time
   */
  RestartBudget(Duration first, Duration longest, int most, Duration within) {
    this.first = first;
    this.longest = longest;
    this.most = most;
    this.within = within;
  }

  /** How long to wait before the next restart, which is counted; empty if there were too many. */
  Optional<Duration> next(Instant now) {
    while (!taken.isEmpty() && taken.getFirst().plus(within).isBefore(now)) {
      taken.removeFirst();
    }
    if (taken.size() >= most) {
      return Optional.empty();
    }
    Duration delay = Duration.ZERO;
    for (int i = 0; i < taken.size() && delay.compareTo(longest) < 0; i++) {
      delay = i == 0 ? first : delay.multipliedBy(2);
    }
    taken.addLast(now);
    return Optional.of(delay.compareTo(longest) > 0 ? longest : delay);
  }
}
