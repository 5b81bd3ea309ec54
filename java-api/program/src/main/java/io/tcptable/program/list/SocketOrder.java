// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import java.util.Comparator;

/** Listeners first, then by local port, state, far end and this end: the same every time. */
public final class SocketOrder implements Comparator<TcpSocket> {

  @Override
  public int compare(TcpSocket a, TcpSocket b) {
    int order = Boolean.compare(b.state() == TcpState.LISTEN, a.state() == TcpState.LISTEN);
    if (order == 0) {
      order = Integer.compare(a.localPort(), b.localPort());
    }
    if (order == 0) {
      order = a.state().compareTo(b.state());
    }
    if (order == 0) {
      order = Integer.compare(a.remotePort(), b.remotePort());
    }
    if (order == 0) {
      order = a.remote().host().compareTo(b.remote().host());
    }
    if (order == 0) {
      order = a.local().host().compareTo(b.local().host());
    }
    return order != 0 ? order : Long.compare(a.inode().orElse(0), b.inode().orElse(0));
  }
}
