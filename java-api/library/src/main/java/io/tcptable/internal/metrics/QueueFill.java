// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.metrics;

import io.tcptable.TcpSocket;
import java.util.List;

/**
 * How full an accept queue is.
 *
 * @param length connections in it
 * @param limit how many there may be
 */
record QueueFill(double length, double limit) {

  private static final QueueFill UNKNOWN = new QueueFill(Double.NaN, Double.NaN);

  /** Of several listeners, that of the fullest; unknown if one is, or if there is none. */
  static QueueFill fullest(List<TcpSocket> listeners) {
    QueueFill fullest = UNKNOWN;
    for (TcpSocket listener : listeners) {
      QueueFill here =
          new QueueFill(
              MetricsSource.known(listener.receiveQueue()),
              MetricsSource.known(listener.sendQueue()));
      if (Double.isNaN(here.share())) {
        return UNKNOWN;
      }
      if (Double.isNaN(fullest.share()) || here.share() > fullest.share()) {
        fullest = here;
      }
    }
    return fullest;
  }

  /** Linux lets one more wait than the limit. */
  private double share() {
    return length / (limit + 1);
  }
}
