// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

/** Whether it is known who owns a socket. */
public enum Ownership {
  /** At least one owner is known. */
  OWNED,
  /**
   * No process owns it: the kernel keeps it alone, as in {@link TcpState#TIME_WAIT}, for an orphan
   * that still has bytes to send, or for a connection that is not accepted yet.
   */
  NONE,
  /**
   * A process may own it, but is not known: owners were not looked for, this user may not look, the
   * process is in another PID namespace, or it ended while the table was made.
   */
  UNKNOWN
}
