// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.process;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.platform.ChildProcesses;
import java.nio.ByteBuffer;
import java.util.function.LongPredicate;

/**
 * Waits for children that have ended and that the JVM does not wait for, so that they do not stay
 * zombies, see {@code waitid(2)}. The kernel gives orphans to PID 1 of their PID namespace or to a
 * subreaper; a process also keeps the children of the program that it was before {@code execve(2)}.
 */
final class OrphanReaper {

  private static final String WHAT = "waiting for orphans";

  private static final int P_ALL = 0;
  private static final int P_PID = 1;

  private static final int WNOHANG = 1;
  private static final int WEXITED = 4;
  private static final int WNOWAIT = 0x0100_0000;

  /** Of {@code siginfo_t}: 4 signo, 4 errno, 4 code, 4 unused where a long has 8 bytes, 4 pid. */
  private static final int PID = 16;

  private static final int INFORMATION_SIZE = 128;

  /** There was no child that has ended. */
  private static final int NONE = 0;

  private final LinuxCalls calls;

  OrphanReaper(LinuxCalls calls) {
    this.calls = calls;
  }

  /**
   * Waits for those that have ended.
   *
   * @return how many there were, at most {@code most}
   */
  int reap(int most) {
    return ChildProcesses.betweenStarts(awaited -> reap(most, awaited));
  }

  /**
   * The kernel shows the same child until it is waited for. If the JVM does, which takes it
   * microseconds, those behind it are for the next look.
   */
  private int reap(int most, LongPredicate awaited) {
    ByteBuffer information = CallBuffer.allocate(INFORMATION_SIZE);
    for (int count = 0; count < most; count++) {
      int child = ended(P_ALL, 0, information, WNOWAIT);
      if (child == NONE || awaited.test(child) || ended(P_PID, child, information, 0) == NONE) {
        return count;
      }
    }
    return most;
  }

  /** The PID of a child that has ended. */
  private int ended(int kind, int id, ByteBuffer information, int option) {
    information.putInt(PID, NONE);
    int result = calls.waitid(kind, id, information, WEXITED | WNOHANG | option);
    // There is no child at all; or another call will tell.
    if (result == -Errno.ECHILD || result == -Errno.EINTR) {
      return NONE;
    }
    if (result < 0) {
      throw Errno.failure("waitid", result, WHAT);
    }
    return information.getInt(PID);
  }
}
