// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.LinuxCalls;
import java.nio.ByteBuffer;

/** Receives messages with their senders: any process may send one, see {@code netlink(7)}. */
final class NetlinkReceiver {

  private static final int MSG_DONTWAIT = 0x40;

  private static final int SOCKADDR_NL_SIZE = 12;
  private static final int SENDER_PORT = 4;

  private final LinuxCalls calls;
  private final ByteBuffer sender = CallBuffer.allocate(SOCKADDR_NL_SIZE);
  private final ByteBuffer senderLength = CallBuffer.allocate(Integer.BYTES);

  NetlinkReceiver(LinuxCalls calls) {
    this.calls = calls;
  }

  /** As {@code recvfrom(2)}, without waiting. */
  int receive(int fd, ByteBuffer message, int flags) {
    senderLength.putInt(0, SOCKADDR_NL_SIZE);
    return calls.recvfrom(fd, message, MSG_DONTWAIT | flags, sender, senderLength);
  }

  /** Whether the last one was sent by the kernel. */
  boolean isFromKernel() {
    return senderLength.getInt(0) == SOCKADDR_NL_SIZE && sender.getInt(SENDER_PORT) == 0;
  }
}
