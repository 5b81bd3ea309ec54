// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.platform.PinnedHandle;
import java.nio.ByteBuffer;

/**
 * Holds a process by a descriptor, see {@code pidfd_open(2)}: also if the PID is reused, the
 * descriptor refers to that process and no other.
 */
final class PidfdHandle implements PinnedHandle {

  private static final String WHAT = "signalling a process";

  private static final int NO_SIGNAL = 0;
  private static final int SIGKILL = 9;
  private static final int SIGTERM = 15;

  private static final int POLLIN = 1;

  /** {@code struct pollfd}: 4 fd, 2 events, 2 revents. */
  private static final int EVENTS = 4;

  private static final int HAPPENED = 6;
  private static final int POLLFD_SIZE = 8;

  private static final int AT_ONCE = 0;

  private final LinuxCalls calls;
  private final int pidfd;
  private final ByteBuffer poll = CallBuffer.allocate(POLLFD_SIZE);
  private boolean closed;

  PidfdHandle(LinuxCalls calls, int pidfd) {
    this.calls = calls;
    this.pidfd = pidfd;
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
    return calls.pidfd_send_signal(pidfd(), signal, 0);
  }

  /** Once closed, the number may belong to another descriptor. */
  private int pidfd() {
    if (closed) {
      throw new IllegalStateException("no longer held");
    }
    return pidfd;
  }

  @Override
  public boolean hasEnded() {
    poll.putInt(0, pidfd()).putShort(EVENTS, (short) POLLIN).putShort(HAPPENED, (short) 0);
    int result = calls.poll(poll, AT_ONCE);
    if (result < 0 && result != -Errno.EINTR) {
      throw Errno.failure("poll", result, "looking whether a process has ended");
    }
    return (poll.getShort(HAPPENED) & POLLIN) != 0;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      calls.close(pidfd);
    }
  }
}
