// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.kernel;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.platform.SourceException;
import java.nio.ByteBuffer;

/**
 * Waits until one of some descriptors can be read, see {@code poll(2)}. For one thread at a time.
 */
public final class PollSet {

  /** {@code struct pollfd}: 4 fd, 2 events, 2 revents. */
  private static final int SIZE = 8;

  private static final int EVENTS = 4;
  private static final int RETURNED_EVENTS = 6;

  private static final short POLLIN = 1;

  private final LinuxCalls calls;
  private final String what;
  private final ByteBuffer descriptors;

  /**
   * @param what what is being done, for messages of failures
   * @param fds which, open as long as this is used
   */
  public PollSet(LinuxCalls calls, String what, int... fds) {
    this.calls = calls;
    this.what = what;
    descriptors = CallBuffer.allocate(fds.length * SIZE);
    for (int i = 0; i < fds.length; i++) {
      descriptors.putInt(i * SIZE, fds[i]).putShort(i * SIZE + EVENTS, POLLIN);
    }
  }

  /**
   * Waits for so long at most; a signal may end the wait earlier.
   *
   * @param millis 0 not to wait; below that, without end
   * @throws SourceException if the kernel refuses
   */
  public void await(int millis) {
    // poll(2) leaves them as they were if it fails.
    for (int at = RETURNED_EVENTS; at < descriptors.capacity(); at += SIZE) {
      descriptors.putShort(at, (short) 0);
    }
    int result = calls.poll(descriptors, millis);
    if (result < 0 && result != -Errno.EINTR) {
      throw Errno.failure("poll", result, what);
    }
  }

  /**
   * Whether the last wait has found that it can be read.
   *
   * @param index its place among the descriptors
   */
  public boolean isReadable(int index) {
    return (descriptors.getShort(index * SIZE + RETURNED_EVENTS) & POLLIN) != 0;
  }
}
