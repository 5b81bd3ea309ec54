// SPDX-License-Identifier: Apache-2.0
package io.tcptable.agreement;

import io.tcptable.TcpState;
import java.io.Serializable;
import java.util.List;

/**
 * What {@code ss} and the table can both tell of a socket and what stays the same while nobody
 * touches it; 0, empty or false where there is nothing to tell.
 *
 * @param local address and port, such as {@code [::1]:3001}
 * @param device the name of the interface the socket is bound to
 * @param owners name and PID, such as {@code python3(19508)}, in ascending order of PID
 */
record Row(
    TcpState state,
    String local,
    String remote,
    long receiveQueue,
    long sendQueue,
    long uid,
    long inode,
    long cookie,
    String device,
    long mark,
    boolean v6Only,
    List<String> owners)
    implements Serializable {

  /**
   * As far as {@code /proc/net/tcp} tells: it has no column for the rest. As the user of a
   * connection request it names that of the listener, where netlink names none.
   */
  Row inProc() {
    return new Row(
        state,
        local,
        remote,
        receiveQueue,
        state == TcpState.LISTEN ? 0 : sendQueue,
        state == TcpState.SYN_RECEIVED ? 0 : uid,
        inode,
        0,
        "",
        0,
        false,
        owners);
  }

  int localPort() {
    return port(local);
  }

  int remotePort() {
    return port(remote);
  }

  boolean isV6() {
    return local.startsWith("[");
  }

  private static int port(String end) {
    return Integer.parseInt(end.substring(end.lastIndexOf(':') + 1));
  }
}
