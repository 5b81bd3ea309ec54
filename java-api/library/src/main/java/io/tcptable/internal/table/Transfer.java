// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

/** A further figure of {@code tcp_info}, in the order of the transfer column. */
public enum Transfer {
  BYTES_SENT,
  BYTES_RECEIVED,
  BYTES_ACKNOWLEDGED,
  BYTES_RETRANSMITTED,
  DELIVERY_RATE,
  CONGESTION_WINDOW,
  PACING_RATE,
  BUSY_MICROS,
  RECEIVE_WINDOW_LIMITED_MICROS,
  SEND_BUFFER_LIMITED_MICROS,
  LAST_ACKNOWLEDGED_MILLIS;

  /** How many ints the figures of a socket take. */
  static final int INTS = 2 * values().length;

  /** Stands for what the kernel did not tell, or has no limit. */
  public static final long UNKNOWN = -1;
}
