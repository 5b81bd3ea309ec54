// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.internal.server.PortLock;
import io.tcptable.internal.server.PortLock.Purpose;
import io.tcptable.internal.server.PortLockException;
import io.tcptable.restart.Refusal.Kind;

record LockStep(int port) implements Step {

  @Override
  public StepName name() {
    return StepName.LOCK;
  }

  @Override
  public String describe() {
    return "lock port " + port + " against other restarts";
  }

  @Override
  public StepOk run(RunContext context) throws StepException {
    OwnNumbers.require();
    try {
      context.keep(PortLock.take(Purpose.RESTART, port));
    } catch (PortLockException e) {
      throw new StepException(
          Refusal.hint(e.isBusy() ? Kind.BUSY : Kind.SYSTEM_ERROR, e.reason(), e.advice()));
    }
    return StepOk.done("no other restart of port " + port + " is running");
  }
}
