// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

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
    context.keep(PortLock.take(port));
    return StepOk.done("no other restart of port " + port + " is running");
  }
}
