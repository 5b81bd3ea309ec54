// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.kernel.Errno;
import java.nio.ByteBuffer;

/**
 * A socket to ask {@code sock_diag(7)}. What it tells of is the network namespace of the thread
 * that has opened it. Any thread may send on it and close it.
 */
final class NetlinkSocket implements AutoCloseable {

  static final int AF_NETLINK = 16;
  static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
  static final int NETLINK_SOCK_DIAG = 4;

  private final LinuxCalls calls;
  private final int fd;
  private boolean isClosed;

  private NetlinkSocket(LinuxCalls calls, int fd) {
    this.calls = calls;
    this.fd = fd;
  }

  /**
   * Opens one.
   *
   * @param what what is being done, for messages of failures
   * @throws io.tcptable.internal.platform.SourceException if the kernel refuses
   */
  static NetlinkSocket open(LinuxCalls calls, String what) {
    return new NetlinkSocket(calls, descriptor(calls, what));
  }

  /** The same as a bare descriptor, to be closed by the caller. */
  static int descriptor(LinuxCalls calls, String what) {
    int fd = calls.socket(AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_SOCK_DIAG);
    if (fd < 0) {
      throw Errno.failure("socket", fd, what);
    }
    return fd;
  }

  /** To be polled and received from, as long as it is open. */
  int fd() {
    return fd;
  }

  /** As {@code setsockopt(2)}, with a number. */
  int set(int level, int option, int value) {
    return calls.setsockopt(fd, level, option, CallBuffer.allocate(Integer.BYTES).putInt(0, value));
  }

  /** As {@code send(2)}; 0 once it is closed, when the descriptor may be another's. */
  synchronized int send(ByteBuffer message) {
    return isClosed ? 0 : calls.send(fd, message, 0);
  }

  @Override
  public synchronized void close() {
    if (!isClosed) {
      isClosed = true;
      calls.close(fd);
    }
  }
}
