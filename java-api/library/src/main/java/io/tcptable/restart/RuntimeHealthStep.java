// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.TcpSocket;
import io.tcptable.health.HealthProbe;
import io.tcptable.health.HealthResult;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.restart.Refusal.Kind;
import java.time.Duration;
import java.util.List;

/**
 * Waits until the port of a container that was restarted is healthy, as seen from here.
 *
 * @param timeout how long it may take
 * @param settle how long it must stay
 */
record RuntimeHealthStep(HealthProbe probe, Duration timeout, Duration settle) implements Step {

  @Override
  public StepName name() {
    return StepName.HEALTH;
  }

  @Override
  public String describe() {
    return "wait up to " + DurationText.of(timeout) + " until " + probe.url() + " is healthy";
  }

  @Override
  public StepOk run(RunContext context) throws StepException, InterruptedException {
    Deadline deadline = Deadline.after(timeout);
    TimedProbe timed = new TimedProbe(probe, deadline);
    while (true) {
      HealthResult result = timed.run();
      List<TcpSocket> listeners = context.listeners().now();
      boolean isSteady =
          result.isHealthy()
              && (listeners.isEmpty()
                  || Steadiness.await(listeners, context.listeners()::now, settle));
      if (isSteady) {
        return StepOk.done(result.url() + " " + result.detail());
      }
      if (deadline.isOver()) {
        throw new StepException(
            Refusal.of(
                Kind.UNHEALTHY,
                "not healthy after "
                    + DurationText.of(timeout)
                    + ": "
                    + result.url()
                    + " "
                    + result.detail()
                    + (result.isHealthy() ? Steadiness.LOST : ""),
                Refusal.diagnose(context.scope())));
      }
      deadline.pause();
    }
  }
}
