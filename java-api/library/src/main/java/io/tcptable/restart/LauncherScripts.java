// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.internal.server.ProcessFamily;
import io.tcptable.internal.server.ProtectedProcesses;
import io.tcptable.internal.server.RememberedProcesses;
import io.tcptable.internal.server.ServerProgram;
import java.util.List;
import java.util.Set;

/**
 * Shell scripts that have started a server. They are not stopped with it, and may start it again
 * later than a restart waits.
 */
final class LauncherScripts {

  private LauncherScripts() {}

  static List<OsProcess> of(
      Set<OsProcess> targets,
      ProcessFamily family,
      RememberedProcesses processes,
      ProtectedProcesses protection) {
    return targets.stream()
        .flatMap(target -> family.parent(target).stream())
        .filter(parent -> !targets.contains(parent) && !protection.isOwnAncestor(parent.pid()))
        .distinct()
        .filter(parent -> ServerProgram.isShellScript(processes.of(parent)))
        .toList();
  }
}
