// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.Endpoint;
import io.tcptable.ListenAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A socket with the port as its local port, as far as it tells what its owners do.
 *
 * @param listens whether it is a listener
 * @param local where it is bound
 * @param remote the remote address of a connection
 * @param owners the PIDs of its owners
 */
public record PortSocket(boolean listens, ListenAddress local, Endpoint remote, List<Long> owners) {

  /**
   * The listener that has accepted a connection: of those that take it the one with the most
   * precise address, as the kernel chooses; empty if none of them has.
   */
  public static Optional<PortSocket> listenerOf(PortSocket connection, List<PortSocket> listeners) {
    return listeners.stream()
        .filter(it -> it.listens() && it.local().takes(connection.local()))
        .max(Comparator.comparingInt(PortSocket::precision));
  }

  /** An interface counts most, then an address, then the family. */
  private int precision() {
    return (local.networkInterface().isPresent() ? 4 : 0)
        + (local.endpoint().isWildcard() ? 0 : 2)
        + (local.isV6Only() ? 1 : 0);
  }
}
