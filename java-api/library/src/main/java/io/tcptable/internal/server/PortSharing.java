// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.Endpoint;
import io.tcptable.ListenAddress;
import java.net.InetAddress;

/** How two listeners can have the same port at the same time. */
public enum PortSharing {
  /** Both set SO_REUSEPORT, see {@code socket(7)}. */
  SAME_ADDRESS("SO_REUSEPORT", true),
  /** One takes IPv4, the other IPv6; clients that are given a name such as localhost use either. */
  FAMILIES("IPv4/IPv6 split", true),
  /** One takes all addresses, the other one of them. */
  WILDCARD("wildcard and single address", true),
  /** Each takes another address. */
  ADDRESSES("different addresses", false),
  /** Each takes connections of another network interface. */
  INTERFACES("different interfaces", false);

  private final String text;
  private final boolean overlaps;

  PortSharing(String text, boolean overlaps) {
    this.text = text;
    this.overlaps = overlaps;
  }

  /** How two listeners of one port share it. */
  public static PortSharing of(ListenAddress a, ListenAddress b) {
    Endpoint one = a.endpoint();
    Endpoint other = b.endpoint();
    if (!a.conflictsWith(b)) {
      // Clients that are given the name localhost use either family.
      return areSplit(a, b)
          ? FAMILIES
          : one.address().equals(other.address()) ? INTERFACES : ADDRESSES;
    }
    if (one.address().equals(other.address())) {
      return SAME_ADDRESS;
    }
    return areSplit(a, b) ? FAMILIES : WILDCARD;
  }

  private static boolean areSplit(ListenAddress a, ListenAddress b) {
    return a.isV6() != b.isV6() && isLocal(a) && isLocal(b);
  }

  private static boolean isLocal(ListenAddress address) {
    return address.askedAt().filter(InetAddress::isLoopbackAddress).isPresent();
  }

  /** Whether a client cannot tell which of the two it reaches. */
  public boolean overlaps() {
    return overlaps;
  }

  @Override
  public String toString() {
    return text;
  }
}
