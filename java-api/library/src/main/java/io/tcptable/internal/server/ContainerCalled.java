// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.OsProcess;
import io.tcptable.internal.Platforms;
import java.util.Optional;

/** What people call a container. */
public final class ContainerCalled {

  private ContainerCalled() {}

  /**
   * By the files of its runtime or, where Podman keeps them elsewhere, by the {@code conmon} that
   * has started it. Reads files, and looks at processes.
   *
   * @param container runtime and ID, such as {@code docker 5f3c0a...}
   * @param pid a process in it
   */
  public static Optional<String> name(String container, long pid) {
    return Platforms.current().containerName(container).or(() -> byConmon(container, pid));
  }

  private static Optional<String> byConmon(String container, long pid) {
    String id = container.substring(container.indexOf(' ') + 1);
    return OsProcess.of(pid).stream()
        .flatMap(process -> new LiveProcess(process).ancestors().stream())
        .flatMap(above -> Conmon.name(above.executable(), above.commandLine(), id).stream())
        .findFirst();
  }
}
