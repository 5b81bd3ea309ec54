// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.Endpoint;
import java.net.Inet6Address;
import java.util.List;

/**
 * A socket with the port as its local port, as far as it tells what its owners do.
 *
 * @param listens whether it is a listener
 * @param local the local address
 * @param remote the remote address of a connection
 * @param isV6Only whether a listener takes no IPv4 connections
 * @param owners the PIDs of its owners
 */
public record PortSocket(
    boolean listens, Endpoint local, Endpoint remote, boolean isV6Only, List<Long> owners) {

  /** Whether this listener takes connections to an address. */
  public boolean takes(Endpoint asked) {
    boolean sameFamily = isV6(local) == isV6(asked);
    boolean anyOfFamily = sameFamily || (isV6(local) && !isV6Only);
    return local.port() == asked.port()
        && (local.address().isAnyLocalAddress()
            ? anyOfFamily
            : local.address().equals(asked.address()));
  }

  /** An IPv4-mapped address, as Java's listeners have, is one of IPv4. */
  private static boolean isV6(Endpoint endpoint) {
    return endpoint.address() instanceof Inet6Address;
  }
}
