// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.procfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** This process, as {@code /proc/self} shows it; see {@code proc(5)}. */
public final class ProcSelf {

  private static final Path SELF = Path.of("/proc/self");

  private ProcSelf() {}

  /** Whether {@code /proc} shows it at all. */
  public static boolean isShown() {
    return Files.exists(SELF);
  }

  /** The user ID that it runs as. */
  public static int uid() throws IOException {
    return (Integer) Files.getAttribute(SELF, "unix:uid");
  }

  /**
   * What its PID is called where {@code /proc} was mounted, if that is in another PID namespace:
   * then all processes there have other PIDs than the kernel tells. Empty if it is in its own.
   */
  public static Optional<String> foreignPid() throws IOException {
    String shown = ProcLink.target(SELF).toString();
    return Optional.of(shown)
        .filter(pid -> !pid.equals(Long.toString(ProcessHandle.current().pid())));
  }
}
