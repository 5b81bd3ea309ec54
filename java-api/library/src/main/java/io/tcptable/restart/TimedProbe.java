// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.health.HealthProbe;
import io.tcptable.health.HealthResult;
import io.tcptable.health.HealthResult.Outcome;
import java.time.Duration;
import java.util.Optional;

/** Health probes, one after the other, until a deadline. For one wait, by one thread. */
final class TimedProbe {

  /** A server that becomes healthy while it owes an answer is seen by the next probe. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /** What a healthy server may take, even if the time is almost up. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final HealthProbe probe;
  private final Deadline deadline;
  private Optional<HealthResult> answered = Optional.empty();

  TimedProbe(HealthProbe probe, Deadline deadline) {
    this.probe = probe;
    this.deadline = deadline;
  }

  /**
   * Asks once more. If the end of the time has cut it off, what the server answered before is told
   * instead: a server that takes three seconds for an error has not stopped to answer.
   */
  HealthResult run() throws InterruptedException {
    Duration left = deadline.left();
    Duration atMost = left.compareTo(LONGEST) > 0 ? LONGEST : left;
    HealthResult result = probe.deadline(atMost.compareTo(SHORTEST) < 0 ? SHORTEST : atMost).run();
    if (result.outcome() != Outcome.NO_RESPONSE) {
      answered = Optional.of(result).filter(it -> it.outcome().compareTo(Outcome.NO_RESPONSE) < 0);
    }
    return atMost.compareTo(LONGEST) < 0 ? answered.orElse(result) : result;
  }
}
