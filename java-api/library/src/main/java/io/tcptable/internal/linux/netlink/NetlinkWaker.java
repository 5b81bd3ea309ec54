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
  private final NetlinkSocket socket;

  /** Does nothing, and is answered. */
  private final ByteBuffer noop = CallBuffer.allocate(Netlink.HEADER_SIZE);

  NetlinkWaker(LinuxCalls calls, NetlinkSocket socket) {
    this.calls = calls;
    this.socket = socket;
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
    return new NetlinkWaker(calls, NetlinkSocket.open(calls, WHAT));
  }

  /** To be polled. */
  public int fd() {
    return socket.fd();
  }

  /** Makes it readable; returns below zero if that cannot be done, and 0 once it is closed. */
  public int wake() {
    int sent;
    do {
      sent = socket.send(noop);
    } while (sent == -Errno.EINTR);
    return sent;
  }

  /** Reads the answers away. */
  public void drain() {
    ByteBuffer answer = CallBuffer.allocate(REPLY_CAPACITY);
    NetlinkReceiver receiver = new NetlinkReceiver(calls);
    int length;
    do {
      length = receiver.receive(socket.fd(), answer, 0);
    } while (length > 0 || length == -Errno.EINTR);
  }

  @Override
  public void close() {
    socket.close();
  }
}
