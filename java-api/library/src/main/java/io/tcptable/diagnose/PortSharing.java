// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Endpoint;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** How two listeners can have the same port at the same time. */
enum PortSharing {
  /** Both set SO_REUSEPORT, see {@code socket(7)}. */
  SAME_ADDRESS("SO_REUSEPORT", true),
  /** One takes IPv4, the other IPv6; clients that are given a name such as localhost use either. */
  FAMILIES("IPv4/IPv6 split", true),
  /** One takes all addresses, the other one of them. */
  WILDCARD("wildcard and single address", true),
  /** Each takes another address. */
  ADDRESSES("different addresses", false);

  private final String text;
  private final boolean overlaps;

  PortSharing(String text, boolean overlaps) {
    this.text = text;
    this.overlaps = overlaps;
  }

  /** Every way in which one of these servers shares the port with another one. */
  static Set<PortSharing> between(List<Server> servers) {
    Set<PortSharing> ways = EnumSet.noneOf(PortSharing.class);
    for (int i = 0; i < servers.size(); i++) {
      for (int j = i + 1; j < servers.size(); j++) {
        for (SocketEvidence a : servers.get(i).listeners()) {
          for (SocketEvidence b : servers.get(j).listeners()) {
            ways.add(of(a.local(), b.local()));
          }
        }
      }
    }
    return ways;
  }

  private static PortSharing of(Endpoint a, Endpoint b) {
    if (a.address().equals(b.address())) {
      return SAME_ADDRESS;
    }
    if (SocketEvidence.isV6(a) != SocketEvidence.isV6(b)) {
      return isLocal(a) && isLocal(b) ? FAMILIES : ADDRESSES;
    }
    return isAny(a) || isAny(b) ? WILDCARD : ADDRESSES;
  }

  private static boolean isLocal(Endpoint endpoint) {
    return isAny(endpoint) || endpoint.address().isLoopbackAddress();
  }

  private static boolean isAny(Endpoint endpoint) {
    return endpoint.address().isAnyLocalAddress();
  }

  /** Whether a client cannot tell which of the two it reaches. */
  boolean overlaps() {
    return overlaps;
  }

  @Override
  public String toString() {
    return text;
  }
}
