// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.kernel.Errno;
import java.nio.ByteBuffer;

/**
 * Makes a netlink socket readable, from any thread, so that {@code poll(2)} on it returns: the
 * kernel answers a message that asks for nothing. It owns the socket.
 */
public final class NetlinkWaker implements AutoCloseable {

  private static final String WHAT = "opening a socket to wait at";
  private static final int REPLY_CAPACITY = 256;

  private final LinuxCalls calls;
  private final int fd;

  /** Does nothing, and is answered. */
  private final ByteBuffer noop = CallBuffer.allocate(Netlink.HEADER_SIZE);

  private boolean isClosed;

  NetlinkWaker(LinuxCalls calls, int fd) {
    this.calls = calls;
    this.fd = fd;
    Netlink.putHeader(
        noop,
        Netlink.HEADER_SIZE,
        Netlink.NLMSG_NOOP,
        Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK,
        1);
  }

  /**
   * With a socket of its own, which also keeps the network namespace of the calling thread.
   *
   * @throws io.tcptable.internal.platform.SourceException if the kernel refuses
   */
  public static NetlinkWaker open(LinuxCalls calls) {
    int fd = calls.socket(Netlink.AF_NETLINK, Netlink.SOCK_RAW_CLOEXEC, Netlink.NETLINK_SOCK_DIAG);
    if (fd < 0) {
      throw Errno.failure("socket", fd, WHAT);
    }
    return new NetlinkWaker(calls, fd);
  }

  /** To be polled. */
  public int fd() {
    return fd;
  }

  /** Makes it readable; returns below zero if that cannot be done, and 0 once it is closed. */
  public synchronized int wake() {
    int sent;
    do {
      sent = isClosed ? 0 : calls.send(fd, noop, 0);
    } while (sent == -Errno.EINTR);
    return sent;
  }

  /** Reads the answers away. */
  public void drain() {
    ByteBuffer answer = CallBuffer.allocate(REPLY_CAPACITY);
    NetlinkReceiver receiver = new NetlinkReceiver(calls);
    int length;
    do {
      length = receiver.receive(fd, answer, 0);
    } while (length > 0 || length == -Errno.EINTR);
  }

  @Override
  public synchronized void close() {
    if (!isClosed) {
      isClosed = true;
      calls.close(fd);
    }
  }
}
