// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.process.ProcessStatus.State;
import io.tcptable.process.ProcessThread;
import java.time.Duration;
import java.util.Optional;

/** A thread made by hand, in the same state at both looks, which are one second apart. */
final class SceneThread {

  private SceneThread() {}

  /** One that computed, and waited for a processor, for so long between the looks. */
  static ThreadEvidence running(long id, Duration computed, Duration waited) {
    return of(id, State.RUNNING, "", computed, waited);
  }

  /** One that waits in a function of the kernel. */
  static ThreadEvidence waiting(long id, State state, String channel) {
    return of(id, state, channel, Duration.ZERO, Duration.ZERO);
  }

  private static ThreadEvidence of(
      long id, State state, String channel, Duration computed, Duration waited) {
    Optional<String> where = Optional.of(channel).filter(name -> !name.isEmpty());
    Duration before = Duration.ofSeconds(7);
    return new ThreadEvidence(
        new ProcessThread(id, "worker", state, where, before, before),
        new ProcessThread(id, "worker", state, where, before.plus(computed), before.plus(waited)));
  }
}
