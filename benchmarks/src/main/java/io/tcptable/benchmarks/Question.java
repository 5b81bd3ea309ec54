// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import io.tcptable.TcpQuery;
import io.tcptable.TcpState;

/** What all are asked. */
public enum Question {
  ALL_OWNERS("all sockets, with owners"),
  ALL("all sockets"),
  PORT_OWNERS("one port, with owners"),
  PORT_LISTENERS("listeners of one port");

  private final String title;

  Question(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  boolean owners() {
    return this == ALL_OWNERS || this == PORT_OWNERS;
  }

  boolean onePort() {
    return this == PORT_OWNERS || this == PORT_LISTENERS;
  }

  TcpQuery query(int port) {
    TcpQuery query = TcpQuery.all();
    if (onePort()) {
      query = query.localPort(port);
    }
    if (this == PORT_LISTENERS) {
      query = query.states(TcpState.LISTEN);
    }
    return owners() ? query : query.withoutOwners();
  }
}
