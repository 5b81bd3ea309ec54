// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.table.ProcessIdentity;
import io.tcptable.process.ProcessStatus.State;
import java.time.Instant;

/**
 * A process as the list of all of them shows it.
 *
 * @param parent the PID of the process that started it; another process may have it now
 * @param start when it started: hundreds of nanoseconds since 1601, a {@code FILETIME}
 * @param name the name of its program's file, without the folder
 * @param state what it does, by all its threads
 * @param session whose desktop it is on; that of services is 0
 * @param handles how many handles it has open
 * @param workingSet bytes of it in memory
 */
record ListedProcess(
    int pid,
    int parent,
    long start,
    String name,
    State state,
    int session,
    long handles,
    long workingSet) {

  private static final long TICKS_PER_SECOND = 10_000_000;
  private static final long NANOS_PER_TICK = 100;

  /** From 1601 to 1970. */
  private static final long EPOCH_SECONDS = 11_644_473_600L;

  ProcessIdentity identity() {
    return new ProcessIdentity(pid, start, instant(start), name);
  }

  /** Whether it is this very process. */
  boolean is(ProcessIdentity process) {
    return pid == process.pid() && start == process.start();
  }

  static Instant instant(long ticks) {
    return Instant.ofEpochSecond(
        ticks / TICKS_PER_SECOND - EPOCH_SECONDS, ticks % TICKS_PER_SECOND * NANOS_PER_TICK);
  }
}
