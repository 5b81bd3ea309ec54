// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

import java.util.Arrays;

/** The addresses of sockets, local and remote, those of each family in the order they came. */
final class AddressColumns {

  private static final int FIRST_CAPACITY = 256;

  /** Two of each IPv4 socket. */
  private int[] narrow = new int[2 * FIRST_CAPACITY];

  /** Four halves of each IPv6 socket. */
  private long[] wide = new long[4 * FIRST_CAPACITY];

  /** Sets those of the {@code n}th IPv4 socket. */
  void put(int n, int local, int remote) {
    int at = 2 * n;
    if (at >= narrow.length) {
      narrow = Arrays.copyOf(narrow, 2 * at);
    }
    narrow[at] = local;
    narrow[at + 1] = remote;
  }

  /** Sets those of the {@code n}th IPv6 socket. */
  void put(int n, long localHigh, long localLow, long remoteHigh, long remoteLow) {
    int at = 4 * n;
    if (at >= wide.length) {
      wide = Arrays.copyOf(wide, 2 * at);
    }
    wide[at] = localHigh;
    wide[at + 1] = localLow;
    wide[at + 2] = remoteHigh;
    wide[at + 3] = remoteLow;
  }

  /** Adds as many of another's as told behind as many of its own. */
  void append(int narrows, int wides, AddressColumns other, int otherNarrows, int otherWides) {
    if (narrow.length < 2 * (narrows + otherNarrows)) {
      narrow = Arrays.copyOf(narrow, 2 * (narrows + otherNarrows));
    }
    if (wide.length < 4 * (wides + otherWides)) {
      wide = Arrays.copyOf(wide, 4 * (wides + otherWides));
    }
    System.arraycopy(other.narrow, 0, narrow, 2 * narrows, 2 * otherNarrows);
    System.arraycopy(other.wide, 0, wide, 4 * wides, 4 * otherWides);
  }

  int[] narrow(int count) {
    return Arrays.copyOf(narrow, 2 * count);
  }

  long[] wide(int count) {
    return Arrays.copyOf(wide, 4 * count);
  }
}
