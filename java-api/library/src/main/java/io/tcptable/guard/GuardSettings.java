// SPDX-License-Identifier: Apache-2.0
package io.tcptable.guard;

import java.time.Duration;

/**
 * When a guard looks and restarts.
 *
 * @param interval between two looks
 * @param badFor how long the server must not answer before it is restarted
 * @param backoff before the second restart; it doubles with each further one
 * @param longestBackoff to which that grows
 * @param most how many restarts there may be within a time
 * @param within that time
 * @param always whether the server is also started again after exit code 0
 */
record GuardSettings(
    Duration interval,
    Duration badFor,
    Duration backoff,
    Duration longestBackoff,
    int most,
    Duration within,
    boolean always) {

  static final GuardSettings DEFAULT =
      new GuardSettings(
          PortGuard.DEFAULT_INTERVAL,
          PortGuard.DEFAULT_BAD_FOR,
          PortGuard.DEFAULT_BACKOFF,
          PortGuard.DEFAULT_LONGEST_BACKOFF,
          PortGuard.DEFAULT_RESTARTS,
          PortGuard.DEFAULT_WITHIN,
          false);

  GuardSettings interval(Duration other) {
    return new GuardSettings(other, badFor, backoff, longestBackoff, most, within, always);
  }

  GuardSettings badFor(Duration other) {
    return new GuardSettings(interval, other, backoff, longestBackoff, most, within, always);
  }

  GuardSettings backoff(Duration first, Duration longest) {
    return new GuardSettings(interval, badFor, first, longest, most, within, always);
  }

  GuardSettings restarts(int number, Duration time) {
    return new GuardSettings(interval, badFor, backoff, longestBackoff, number, time, always);
  }

  GuardSettings toRunAlways() {
    return new GuardSettings(interval, badFor, backoff, longestBackoff, most, within, true);
  }

  RestartBudget budget() {
    return new RestartBudget(backoff, longestBackoff, most, within);
  }
}
