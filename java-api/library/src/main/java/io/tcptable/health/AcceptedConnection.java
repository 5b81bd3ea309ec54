// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import io.tcptable.TcpQuery;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Whether the application has accepted a connection. The kernel completes connections by itself, as
 * long as there is room in the accept queue of the listener, see {@code listen(2)}: that it is
 * connected says nothing of the application.
 */
final class AcceptedConnection {

  private static final long PAUSE_MILLIS = 20;

  private AcceptedConnection() {}

  /**
   * Waits until the application has accepted it; false if the time is over. A server on another
   * machine is believed, and so is one that waits for data first (TCP_DEFER_ACCEPT).
   */
  static boolean await(Socket client, ProbeClock clock) {
    while (isWaiting(client)) {
      if (clock.isOver() || client.isClosed()) {
        return false;
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /** A connection in the accept queue has no inode, since no process can hold it. */
  private static boolean isWaiting(Socket client) {
    InetAddress from = client.getLocalAddress();
    InetSocketAddress to = (InetSocketAddress) client.getRemoteSocketAddress();
    try {
      return TcpTable.snapshot(
              TcpQuery.all()
                  .localPort(to.getPort())
                  .remotePort(client.getLocalPort())
                  .states(TcpState.ESTABLISHED, TcpState.CLOSE_WAIT)
                  .withoutOwners())
          .stream()
          // As an address of Java, an IPv4-mapped one is one of IPv4.
          .filter(end -> end.remote().address().equals(from))
          .anyMatch(end -> end.inode().orElse(1) == 0);
    } catch (TcpTableException e) {
      return false;
    }
  }
}
