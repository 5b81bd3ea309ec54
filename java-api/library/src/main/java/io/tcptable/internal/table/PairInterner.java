// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

import java.util.Arrays;

/**
 * Gives each distinct pair of longs a small number, in order of first sight. Keeps what thousands
 * of sockets share once.
 */
final class PairInterner {

  private long[] pairs = new long[64];
  private int[] slots = new int[128];
  private int size;

  int indexOf(long high, long low) {
    int mask = slots.length - 1;
    for (int slot = Hash.of(high * 31 + low) & mask; ; slot = (slot + 1) & mask) {
      int index = slots[slot] - 1;
      if (index < 0) {
        slots[slot] = size + 1;
        return append(high, low);
      }
      if (pairs[2 * index] == high && pairs[2 * index + 1] == low) {
        return index;
      }
    }
  }

  /** Adds all of another; returns the number here of each there. */
  int[] addAll(PairInterner other) {
    int[] numbers = new int[other.size];
    for (int i = 0; i < other.size; i++) {
      numbers[i] = indexOf(other.pairs[2 * i], other.pairs[2 * i + 1]);
    }
    return numbers;
  }

  /** The first of the pair with this number. */
  long high(int number) {
    return pairs[2 * number];
  }

  private int append(long high, long low) {
    if (2 * size == pairs.length) {
      pairs = Arrays.copyOf(pairs, 2 * pairs.length);
    }
    pairs[2 * size] = high;
    pairs[2 * size + 1] = low;
    size++;
    if (2 * size > slots.length) {
      rehash();
    }
    return size - 1;
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int index = 0; index < size; index++) {
      int slot = Hash.of(pairs[2 * index] * 31 + pairs[2 * index + 1]) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = index + 1;
    }
  }

  long[] toArray() {
    return Arrays.copyOf(pairs, 2 * size);
  }

  void clear() {
    Arrays.fill(slots, 0);
    size = 0;
  }
}
