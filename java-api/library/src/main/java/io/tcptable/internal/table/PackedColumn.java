// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

/**
 * A column of unsigned ints in as many whole bytes each as the largest of them needs: none if all
 * are 0. Immutable.
 */
final class PackedColumn {

  /** All zeros, however long. */
  static final PackedColumn ZEROS = new PackedColumn(new int[0], 0, 0);

  private final int width;
  private final byte[] bytes;

  /**
   * Keeps the first {@code head} and the last {@code tail} of the values, in this order.
   *
   * @throws NegativeArraySizeException if that takes more than 2 GiB
   */
  PackedColumn(int[] values, int head, int tail) {
    int firstOfTail = values.length - tail;
    width = width(bits(values, 0, head) | bits(values, firstOfTail, values.length));
    bytes = new byte[(head + tail) * width];
    if (width > 0) {
      pack(values, 0, head, 0);
      pack(values, firstOfTail, values.length, head * width);
    }
  }

  /** Every bit that is set in any of the values. */
  private static int bits(int[] values, int from, int to) {
    int bits = 0;
    for (int i = from; i < to; i++) {
      bits |= values[i];
    }
    return bits;
  }

  private static int width(int bits) {
    return (Integer.SIZE - Integer.numberOfLeadingZeros(bits) + Byte.SIZE - 1) / Byte.SIZE;
  }

  private void pack(int[] values, int from, int to, int start) {
    int at = start;
    for (int i = from; i < to; i++) {
      int value = values[i];
      for (int b = 0; b < width; b++) {
        bytes[at++] = (byte) value;
        value >>>= Byte.SIZE;
      }
    }
  }

  int get(int row) {
    int value = 0;
    for (int at = (row + 1) * width - 1; at >= row * width; at--) {
      value = value << Byte.SIZE | (bytes[at] & 0xff);
    }
    return value;
  }
}
