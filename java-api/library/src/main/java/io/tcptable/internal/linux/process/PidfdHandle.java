// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.linux.kernel.PollSet;
import io.tcptable.internal.platform.PinnedHandle;

/**
 * Holds a process by a descriptor, see {@code pidfd_open(2)}: also if the PID is reused, the
 * descriptor refers to that process and no other.
 */
final class PidfdHandle implements PinnedHandle {

  private static final String WHAT = "signalling a process";

  private static final int NO_SIGNAL = 0;
  private static final int SIGKILL = 9;
  private static final int SIGTERM = 15;

  private static final int AT_ONCE = 0;

  private final LinuxCalls calls;
  private final int pidfd;
  private final PollSet poll;
  private boolean closed;

  PidfdHandle(LinuxCalls calls, int pidfd) {
    this.calls = calls;
    this.pidfd = pidfd;
    poll = new PollSet(calls, "looking whether a process has ended", pidfd);
  }

  @Override
  public boolean isPinned() {
    return true;
  }

  @Override
  public boolean maySignal() {
    int result = send(NO_SIGNAL);
    if (result < 0 && result != -Errno.EPERM && result != -Errno.ESRCH) {
      throw Errno.failure("pidfd_send_signal", result, WHAT);
    }
    return result != -Errno.EPERM;
  }

  @Override
  public boolean terminate() {
    return signal(SIGTERM);
  }

  @Override
  public boolean kill() {
    return signal(SIGKILL);
  }

  private boolean signal(int signal) {
    if (hasEnded()) {
      return false;
    }
    int result = send(signal);
    if (result < 0 && result != -Errno.ESRCH) {
      throw Errno.failure("pidfd_send_signal", result, WHAT);
    }
    return result >= 0;
  }

  private int send(int signal) {
    requireOpen();
    return calls.pidfd_send_signal(pidfd, signal, 0);
  }

  /** Once closed, the number may belong to another descriptor. */
  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("no longer held");
    }
  }

  @Override
  public boolean hasEnded() {
    requireOpen();
    poll.await(AT_ONCE);
    return poll.isReadable(0);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      calls.close(pidfd);
    }
  }
}
