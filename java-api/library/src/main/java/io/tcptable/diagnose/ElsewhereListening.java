// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.OsProcess;
import io.tcptable.internal.platform.Platform;
import io.tcptable.process.ProcessPlacement;
import java.util.List;
import java.util.Optional;

/**
 * A process that listens on the port in another network namespace.
 *
 * @param pid its PID
 * @param name its short name
 * @param container its container: runtime, then ID or name; empty if none is known
 */
record ElsewhereListening(long pid, String name, Optional<String> container) {

  /** Those that this user may see. */
  static List<ElsewhereListening> on(int port, Platform platform) {
    return platform.listenersElsewhere(port).stream()
        .flatMap(pid -> OsProcess.of(pid).stream())
        .map(
            process ->
                new ElsewhereListening(
                    process.pid(),
                    process.name(),
                    process.placement().flatMap(ProcessPlacement::container)))
        .toList();
  }

  /** Name and PID: {@code node(19508)}. */
  @Override
  public String toString() {
    return name + "(" + pid + ")";
  }
}
