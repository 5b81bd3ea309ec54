// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

import java.util.Arrays;

/** The second and further owners of sockets, usually few. Reusable, by one thread at a time. */
final class SharedOwners {

  private long[] pairs = new long[16];
  private int[] lists = new int[16];
  private int size;

  void clear() {
    size = 0;
  }

  void add(int index, int process) {
    if (size == pairs.length) {
      pairs = Arrays.copyOf(pairs, 2 * size);
    }
    pairs[size++] = ((long) index << 32) | process;
  }

  /**
   * Writes a list of owners, its length first, for each socket that has several, and points the
   * socket's own place to its list. Of neighbours with the same owners, one list will do.
   *
   * @param owner the first owner of each socket, as {@link OwnerColumns} has it
   * @param processes how many there are
   */
  int[] moveTo(int[] owner, int processes) {
    Arrays.sort(pairs, 0, size);
    if (lists.length < 3 * size) {
      lists = new int[3 * size];
    }
    int last = 0;
    int end = 0;
    int next;
    for (int from = 0; from < size; from = next) {
      int index = index(from);
      int list = end;
      end++;
      lists[end++] = owner[index] - OwnerColumns.FIRST_PROCESS;
      for (next = from; next < size && index(next) == index; next++) {
        if (next == from || pairs[next] != pairs[next - 1]) {
          lists[end++] = (int) pairs[next];
        }
      }
      lists[list] = end - list - 1;
      if (Arrays.equals(lists, last, list, lists, list, end)) {
        end = list;
      } else {
        last = list;
      }
      owner[index] = OwnerColumns.FIRST_PROCESS + processes + last;
    }
    return Arrays.copyOf(lists, end);
  }

  private int index(int pair) {
    return (int) (pairs[pair] >>> 32);
  }
}
