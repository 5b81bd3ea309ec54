// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.ListenAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** An address as {@code bind(2)} takes it. */
public final class BindAddress {

  private BindAddress() {}

  /**
   * Of a listener: a link-local address means nothing without its interface, see {@code ipv6(7)}.
   */
  public static InetSocketAddress of(ListenAddress address) {
    InetAddress plain = address.endpoint().address();
    boolean needsZone = plain.isLinkLocalAddress() && plain instanceof Inet6Address;
    return new InetSocketAddress(
        needsZone ? address.askedAt().orElse(plain) : plain, address.port());
  }
}
