// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.internal.wording.Quantities;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Several processes in one line. */
final class Processes {

  /** More are only counted. */
  private static final int MOST_NAMED = 50;

  private Processes() {}

  /** Those that run, by PID. */
  static List<OsProcess> running(Stream<OsProcess> of) {
    return of.filter(OsProcess::isRunning)
        .sorted(Comparator.comparingLong(OsProcess::pid))
        .toList();
  }

  /** {@code python3(42), python3(43)}, of many the first ones and how many more there are. */
  static String names(Collection<OsProcess> processes) {
    return names(processes, MOST_NAMED);
  }

  /**
   * The same.
   *
   * @param most how many are named
   */
  static String names(Collection<OsProcess> processes, int most) {
    return Quantities.list(processes, most);
  }
}
