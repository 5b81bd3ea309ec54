// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

/** A further figure of {@code tcp_info}, in the order of the transfer column. */
public enum Transfer {
  BYTES_SENT(0),
  BYTES_RECEIVED(1),
  BYTES_ACKNOWLEDGED(2),
  BYTES_RETRANSMITTED(3),
  DELIVERY_RATE(4),
  CONGESTION_WINDOW(5),
  PACING_RATE(6),
  BUSY_MICROS(7),
  RECEIVE_WINDOW_LIMITED_MICROS(8),
  SEND_BUFFER_LIMITED_MICROS(9),
  LAST_ACKNOWLEDGED_MILLIS(10);

  /** How many ints the figures of a socket take. */
  static final int INTS = 2 * values().length;

  /** Stands for what the kernel did not tell, or has no limit. */
  public static final long UNKNOWN = -1;

  final int index;

  Transfer(int index) {
    this.index = index;
  }
}
