// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

import java.util.Arrays;

/** Numbers of rows, in the order they were added. Reusable, by one thread at a time. */
final class RowList {

  private int[] rows = new int[16];
  private int size;

  void clear() {
    size = 0;
  }

  void add(int row) {
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, 2 * size);
    }
    rows[size++] = row;
  }

  void add(int row, int other) {
    add(row);
    add(other);
  }

  int[] toArray() {
    return Arrays.copyOf(rows, size);
  }
}
