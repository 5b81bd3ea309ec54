// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.platform.PinnedHandle;
import io.tcptable.internal.table.ProcessIdentity;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds processes as surely as the kernel and the binding allow. */
final class ProcessHandles {

  private static final String WHAT = "holding a process";

  private ProcessHandles() {}

  /**
   * Holds a process; empty if it has ended. The start time is compared after the descriptor was
   * opened: if it is still the same then, the descriptor refers to the right process.
   */
  static Optional<PinnedHandle> hold(@Nullable LinuxCalls calls, ProcessIdentity process)
      throws IOException {
    int pidfd = calls == null ? -Errno.ENOSYS : calls.pidfd_open(process.pid(), 0);
    if (pidfd == -Errno.ESRCH) {
      return Optional.empty();
    }
    // A sandbox that does not know the call answers EPERM; the kernel itself never does.
    boolean unsupported = pidfd == -Errno.ENOSYS || pidfd == -Errno.EPERM;
    if (pidfd < 0 && !unsupported) {
      throw Errno.failure("pidfd_open", pidfd, WHAT);
    }
    PinnedHandle hold =
        calls == null || unsupported ? new UnpinnedHandle(process) : new PidfdHandle(calls, pidfd);
    boolean running = false;
    try {
      running = LinuxProcesses.isRunning(process);
      return running ? Optional.of(hold) : Optional.empty();
    } finally {
      if (!running) {
        hold.close();
      }
    }
  }
}
