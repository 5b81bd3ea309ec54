// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.process.ProcessStatus;
import java.util.Collection;
import java.util.stream.Collectors;

/** Several processes in one line. */
final class Processes {

  private Processes() {}

  /** Whether it has neither ended nor only waits to be reaped. */
  static boolean isRunning(OsProcess process) {
    return process.status().filter(it -> it.state() != ProcessStatus.State.ZOMBIE).isPresent();
  }

  /** {@code python3(42), python3(43)}. */
  static String names(Collection<OsProcess> processes) {
    return processes.stream().map(OsProcess::toString).collect(Collectors.joining(", "));
  }
}
