// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

/**
 * The numbers of TCP states in the columns: those of Linux, from {@code include/net/tcp_states.h}.
 */
public final class StateNumber {

  public static final int ESTABLISHED = 1;
  public static final int SYN_SENT = 2;
  public static final int SYN_RECEIVED = 3;
  public static final int FIN_WAIT_1 = 4;
  public static final int FIN_WAIT_2 = 5;
  public static final int TIME_WAIT = 6;
  public static final int CLOSED = 7;
  public static final int CLOSE_WAIT = 8;
  public static final int LAST_ACK = 9;
  public static final int LISTEN = 10;
  public static final int CLOSING = 11;
  public static final int NEW_SYN_RECEIVED = 12;

  private StateNumber() {}

  /** One bit for each of these states. */
  public static int mask(int... states) {
    int mask = 0;
    for (int state : states) {
      mask |= 1 << state;
    }
    return mask;
  }
}
