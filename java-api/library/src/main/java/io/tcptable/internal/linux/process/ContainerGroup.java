// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.ProcSelf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The container of a process by the path of its control group. */
public final class ContainerGroup {

  private static final int ROOT = 0;

  private ContainerGroup() {}

  /**
   * Runtime, and ID or name: {@code docker 5f3c...}. What a user may have given the name of a
   * container, root does not take for one.
   *
   * @param process its directory in {@code /proc}
   */
  public static Optional<String> of(Path process) {
    try {
      boolean isRoot = ProcSelf.uid() == ROOT;
      return Cgroups.parse(ProcFile.text(process.resolve("cgroup"))).paths().stream()
          .filter(path -> !isRoot || !ProcPlacement.isBelowUser(path))
          .flatMap(path -> ProcPlacement.container(path).stream())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
