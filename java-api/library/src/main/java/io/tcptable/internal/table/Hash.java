// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

/** Spreads keys that lie close together, such as inode numbers, over a power-of-two table. */
final class Hash {

  private Hash() {}

  static int of(long key) {
    long spread = key * 0x9E3779B97F4A7C15L;
    return (int) (spread >>> 32);
  }
}
