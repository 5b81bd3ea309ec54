// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

import java.time.Instant;

/**
 * A process that cannot be mistaken for a later one with the same PID.
 *
 * @param pid the process ID
 * @param start the kernel's own figure of when it started: clock ticks since boot on Linux
 * @param startedAt the same as a time of day
 * @param name the kernel's short name of it
 */
public record ProcessIdentity(int pid, long start, Instant startedAt, String name) {

  /** Whether it is the very same process, whatever name it has now. */
  public boolean isSame(ProcessIdentity other) {
    return pid == other.pid && start == other.start;
  }
}
