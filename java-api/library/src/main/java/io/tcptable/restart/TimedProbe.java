// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.health.HealthProbe;
import io.tcptable.health.HealthResult;
import java.time.Duration;

/** Health probes, one after the other, until a deadline. */
final class TimedProbe {

  /** A server that becomes healthy while it owes an answer is seen by the next probe. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /** What a healthy server may take, even if the time is almost up. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private TimedProbe() {}

  static HealthResult run(HealthProbe probe, Deadline deadline) throws InterruptedException {
    Duration left = deadline.left();
    Duration atMost = left.compareTo(LONGEST) > 0 ? LONGEST : left;
    return probe.deadline(atMost.compareTo(SHORTEST) < 0 ? SHORTEST : atMost).run();
  }
}
