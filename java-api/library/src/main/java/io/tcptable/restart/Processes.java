// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import java.util.Collection;
import java.util.stream.Collectors;

/** Several processes in one line. */
final class Processes {

  private Processes() {}

  /** {@code python3(42), python3(43)}. */
  static String names(Collection<OsProcess> processes) {
    return processes.stream().map(OsProcess::toString).collect(Collectors.joining(", "));
  }
}
