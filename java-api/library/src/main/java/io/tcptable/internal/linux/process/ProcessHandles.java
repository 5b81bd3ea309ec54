// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.linux.procfs.ProcFile;
import io.tcptable.internal.linux.procfs.ProcSelf;
import io.tcptable.internal.platform.PinnedHandle;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.table.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds processes as surely as the kernel and the binding allow. */
final class ProcessHandles {

  private static final String WHAT = "holding a process";
  private static final String PID = "Pid:";
  private static final int NO_SIGNAL = 0;

  private ProcessHandles() {}

  /**
   * Holds a process; empty if it has ended. The start time is compared after the descriptor was
   * opened: if it is still the same then, the descriptor refers to the right process.
   */
  static Optional<PinnedHandle> hold(@Nullable LinuxCalls calls, ProcessIdentity process)
      throws IOException {
    requireOwnNumbers();
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
    boolean kept = false;
    try {
      if (!ProcIdentity.isRunning(process)) {
        return Optional.empty();
      }
      if (hold.isPinned() && !canSignal(calls, pidfd)) {
        return Optional.of(new UnpinnedHandle(process));
      }
      if (hold.isPinned()) {
        requireSame(process, pidfd);
      }
      kept = true;
      return Optional.of(hold);
    } finally {
      if (!kept) {
        hold.close();
      }
    }
  }

  /**
   * Whether a signal can be sent by a pidfd at all: a sandbox may allow to open one and no more. It
   * answers EPERM, as the kernel does for a process of another user; so that is tried on this one.
   */
  private static boolean canSignal(@Nullable LinuxCalls calls, int pidfd) {
    if (calls == null) {
      return false;
    }
    int result = calls.pidfd_send_signal(pidfd, NO_SIGNAL, 0);
    if (result == -Errno.ENOSYS) {
      return false;
    }
    if (result != -Errno.EPERM) {
      return true;
    }
    int self = calls.pidfd_open((int) ProcessHandle.current().pid(), 0);
    if (self < 0) {
      return true;
    }
    try {
      return calls.pidfd_send_signal(self, NO_SIGNAL, 0) >= 0;
    } finally {
      calls.close(self);
    }
  }

  /** See {@code proc(5)}: it shows the processes of the PID namespace in which it was mounted. */
  static void requireOwnNumbers() throws IOException {
    Optional<String> foreign = ProcSelf.foreignPid();
    if (foreign.isPresent()) {
      throw otherNamespace(
          "PID " + ProcessHandle.current().pid() + " is " + foreign.get() + " there");
    }
  }

  /** The kernel tells in {@code /proc/self/fdinfo} which PID a pidfd has, see {@code proc(5)}. */
  private static void requireSame(ProcessIdentity process, int pidfd) {
    Optional<String> pid =
        ProcFile.textIfKnown(Path.of("/proc/self/fdinfo", Integer.toString(pidfd)))
            // An old kernel does not tell.
            .after(PID)
            // Of one that has been waited for meanwhile.
            .filter(number -> !number.equals("-1"));
    if (pid.isPresent() && !pid.get().equals(Integer.toString(process.pid()))) {
      throw otherNamespace("PID " + process.pid() + " is " + pid.get() + " there");
    }
  }

  private static SourceException otherNamespace(String why) {
    return new SourceException(
        SourceException.Kind.UNSUPPORTED,
        "/proc",
        "",
        "/proc shows the processes of another PID namespace ("
            + why
            + "), so a signal could reach the wrong process; mount the right one, for example with"
            + " unshare --mount-proc");
  }
}
