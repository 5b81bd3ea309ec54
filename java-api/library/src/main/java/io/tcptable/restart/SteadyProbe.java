// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.TcpSocket;
import io.tcptable.health.HealthResult;
import io.tcptable.internal.server.PortScope;
import java.util.List;

/**
 * Health probes, of which an answer counts only if the server that gave it stays. For one wait, by
 * one thread.
 */
final class SteadyProbe {

  /**
   * What became of a probe.
   *
   * @param result the answer
   * @param isSteady false if a process has answered and does not listen any more
   */
  record Answer(HealthResult result, boolean isSteady) {

    boolean isHealthy() {
      return result.isHealthy() && isSteady;
    }

    String detail() {
      return result.url() + " " + result.detail() + (isSteady ? "" : Steadiness.LOST);
    }
  }

  private final TimedProbe probe;

  /** Whether any process of this machine was ever seen to listen where the answers come from. */
  private boolean hasListened;

  SteadyProbe(TimedProbe probe) {
    this.probe = probe;
  }

  /** Asks, and waits until it is known whether who has answered stays. */
  Answer run() throws InterruptedException {
    HealthResult result = probe.run();
    List<TcpSocket> seen = seen(result);
    if (result.isHealthy() && seen.isEmpty() && !hasListened) {
      // It has ended at once; or it can never be seen, as one on another machine, and answers
      // again.
      result = probe.run();
      seen = seen(result);
    }
    return new Answer(result, !result.isHealthy() || isSteady(result, seen));
  }

  private boolean isSteady(HealthResult result, List<TcpSocket> seen) throws InterruptedException {
    return seen.isEmpty()
        ? !hasListened
        : Steadiness.await(seen, () -> listeners(result), PortRestart.DEFAULT_SETTLE);
  }

  private List<TcpSocket> seen(HealthResult result) {
    List<TcpSocket> seen = listeners(result);
    hasListened |= !seen.isEmpty();
    return seen;
  }

  /** Who listens where the answer came from, or would have come from. */
  private static List<TcpSocket> listeners(HealthResult answer) {
    return answer
        .decisive()
        .map(it -> ScopedListeners.of(PortScope.of(it.address().port())).now())
        .orElse(List.of());
  }
}
