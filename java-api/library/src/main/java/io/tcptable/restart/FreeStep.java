// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.ListenAddress;
import io.tcptable.TcpTable;
import io.tcptable.internal.wording.DurationText;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * Verifies that the port is free.
 *
 * @param listeners those that must be gone
 * @param before the sockets that were there when the plan was made
 * @param settle how long it must stay free
 */
record FreeStep(ScopedListeners listeners, TcpTable before, Duration settle) implements Step {

  @Override
  public StepName name() {
    return StepName.FREE;
  }

  @Override
  public String describe() {
    String addresses =
        FreeCheck.addresses(listeners, before).stream()
            .map(ListenAddress::toString)
            .sorted()
            .collect(Collectors.joining(", "));
    return "check that nobody listens and "
        + addresses
        + " can be bound"
        + (settle.isZero() ? "" : ", and that the port stays free for " + DurationText.of(settle));
  }

  @Override
  public StepOk run(RunContext context) throws StepException, InterruptedException {
    return StepOk.done(new FreeCheck(before, context).verify(settle));
  }
}
