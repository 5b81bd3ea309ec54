// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import servers.Children;

/** Somebody else who starts a server on the port while what was started is waited for. */
record QuickerServer(Children children, int port) implements StepListener {

  @Override
  public void began(StepName step, String what) {
    if (step == StepName.LISTEN) {
      children.startServer(port);
    }
  }
}
