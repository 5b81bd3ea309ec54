// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

/** What a system tells of sockets by itself, from the least to the most. */
public enum Pushes {
  /** Nothing: all is found by looks. What came and went between two of them is not seen. */
  NONE,
  /** Each socket that ends. */
  ENDS,
  /**
   * Each change of a state, and so each connection from its opening to its end. A listener is told
   * a moment later, when a look has found its owners.
   */
  STATES
}
