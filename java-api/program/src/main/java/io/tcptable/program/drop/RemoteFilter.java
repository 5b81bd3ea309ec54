// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.drop;

import io.tcptable.Endpoint;
import java.net.InetAddress;

/**
 * A far end that is asked for.
 *
 * @param port 0 for any
 */
public record RemoteFilter(InetAddress address, int port) {

  /** Whether it is this one; an IPv4 address is also itself when it is mapped into IPv6. */
  boolean is(Endpoint end) {
    return end.address().equals(address) && (port == 0 || port == end.port());
  }
}
