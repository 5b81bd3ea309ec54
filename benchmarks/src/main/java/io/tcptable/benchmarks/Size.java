// SPDX-License-Identifier: Apache-2.0
package io.tcptable.benchmarks;

import java.util.List;

/** How many sockets there are to look at, and how many processes hold them. */
record Size(int sockets, int processes) {

  static final Size SMALLEST = new Size(100, 50);

  static final Size LARGEST = new Size(50_000, 200);

  /** As many sockets, but more directories to open before them. */
  static final Size MORE_PROCESSES = new Size(50_000, 500);

  /** Of the growth curve, the largest at the end. */
  static final List<Size> GROWING =
      List.of(SMALLEST, new Size(1_000, 50), new Size(10_000, 200), LARGEST);

  @Override
  public String toString() {
    return "%,d sockets in %d processes".formatted(sockets, processes);
  }
}
