// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

import java.util.Arrays;

/** The addresses of sockets, local and remote, those of each family in the order they came. */
final class AddressColumns {

  private static final int FIRST_CAPACITY = 256;

  /** Two of each IPv4 socket. */
  private int[] v4 = new int[2 * FIRST_CAPACITY];

  /** Four halves of each IPv6 socket. */
  private long[] v6 = new long[4 * FIRST_CAPACITY];

  /** Sets those of the {@code n}th IPv4 socket. */
  void put(int n, int local, int remote) {
    int at = 2 * n;
    if (at >= v4.length) {
      v4 = Arrays.copyOf(v4, 2 * at);
    }
    v4[at] = local;
    v4[at + 1] = remote;
  }

  /** Sets those of the {@code n}th IPv6 socket. */
  void put(int n, long localHigh, long localLow, long remoteHigh, long remoteLow) {
    int at = 4 * n;
    if (at >= v6.length) {
      v6 = Arrays.copyOf(v6, 2 * at);
    }
    v6[at] = localHigh;
    v6[at + 1] = localLow;
    v6[at + 2] = remoteHigh;
    v6[at + 3] = remoteLow;
  }

  /** Adds as many of another's as told behind as many of its own. */
  void append(int v4Count, int v6Count, AddressColumns other, int otherV4Count, int otherV6Count) {
    if (v4.length < 2 * (v4Count + otherV4Count)) {
      v4 = Arrays.copyOf(v4, 2 * (v4Count + otherV4Count));
    }
    if (v6.length < 4 * (v6Count + otherV6Count)) {
      v6 = Arrays.copyOf(v6, 4 * (v6Count + otherV6Count));
    }
    System.arraycopy(other.v4, 0, v4, 2 * v4Count, 2 * otherV4Count);
    System.arraycopy(other.v6, 0, v6, 4 * v6Count, 4 * otherV6Count);
  }

  int v4Remote(int n) {
    return v4[2 * n + 1];
  }

  long v6RemoteHigh(int n) {
    return v6[4 * n + 2];
  }

  long v6RemoteLow(int n) {
    return v6[4 * n + 3];
  }

  void moveV4(int from, int to) {
    System.arraycopy(v4, 2 * from, v4, 2 * to, 2);
  }

  void moveV6(int from, int to) {
    System.arraycopy(v6, 4 * from, v6, 4 * to, 4);
  }

  int[] v4(int count) {
    return Arrays.copyOf(v4, 2 * count);
  }

  long[] v6(int count) {
    return Arrays.copyOf(v6, 4 * count);
  }
}
