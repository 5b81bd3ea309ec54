// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

/** Whether it is known who owns a socket. */
public enum Ownership {
  /** At least one owner is known. */
  OWNED,
  /**
   * No process owns it: the kernel keeps it alone, as in {@link TcpState#TIME_WAIT}, for an orphan
   * that still has bytes to send, or for a connection that nobody has accepted yet.
   */
  NONE,
  /**
   * Somebody may own it, but is not known: not looked for, not permitted to look, in another PID
   * namespace, or gone while the table was made.
   */
  UNKNOWN
}
