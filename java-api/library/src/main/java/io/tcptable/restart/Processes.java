// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Several processes in one line. */
final class Processes {

  private Processes() {}

  /** Those that run, by PID. */
  static List<OsProcess> running(Stream<OsProcess> of) {
    return of.filter(OsProcess::isRunning)
        .sorted(Comparator.comparingLong(OsProcess::pid))
        .toList();
  }

  /** {@code python3(42), python3(43)}. */
  static String names(Collection<OsProcess> processes) {
    return processes.stream().map(OsProcess::toString).collect(Collectors.joining(", "));
  }
}
