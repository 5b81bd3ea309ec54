// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.platform.SourceException.Kind;
import java.nio.ByteBuffer;

/**
 * A request and its replies on a fresh netlink socket, so that no reply to an earlier request can
 * ever be read as one to a later. Reusable, by one thread at a time.
 */
final class SockDiagExchange {

  /** How often a call may be interrupted, and how many foreign messages may arrive, in one. */
  private static final int MOST_TOLERATED = 100;

  private static final int MSG_TRUNC = 0x20;

  private static final int NONE = -1;

  private final LinuxCalls calls;
  private final String what;
  private final ByteBuffer request = CallBuffer.allocate(SockDiagRequest.CAPACITY);
  private final ByteBuffer reply;
  private final NetlinkReceiver receiver;

  private int fd = NONE;
  private int tolerated;

  /**
   * @param what what is being done, for messages of failures
   */
  SockDiagExchange(LinuxCalls calls, String what, int replyCapacity) {
    this.calls = calls;
    this.what = what;
    this.reply = CallBuffer.allocate(replyCapacity);
    this.receiver = new NetlinkReceiver(calls);
  }

  /** Where the request is to be written, before it is {@linkplain #send() sent}. */
  ByteBuffer request() {
    return request;
  }

  /** What was {@linkplain #receive() received}. */
  ByteBuffer reply() {
    return reply;
  }

  /**
   * Opens a netlink socket and asks; {@link #end} must follow in any case.
   *
   * @throws SourceException if the kernel refuses
   */
  void send() {
    tolerated = 0;
    fd = NetlinkSocket.descriptor(calls, what);
    int sent = calls.send(fd, request, 0);
    while (sent == -Errno.EINTR) {
      tolerate("send", sent);
      sent = calls.send(fd, request, 0);
    }
    if (sent < 0) {
      throw Errno.failure("send", sent, what);
    }
  }

  /**
   * Receives the next part, on any thread. The kernel makes it ready before it hands out the part
   * before it, so there is never a need to wait.
   *
   * @return its length, 0 if nothing is there, or {@code -ENOBUFS} if a part was lost
   * @throws SourceException if it cannot be received whole
   */
  int receive() {
    while (true) {
      int length = receiver.receive(fd, reply, MSG_TRUNC);
      if (length == -Errno.EINTR) {
        tolerate("recvfrom", length);
      } else if (length == -Errno.EAGAIN) {
        return 0;
      } else if (length < 0 && length != -Errno.ENOBUFS) {
        throw Errno.failure("recvfrom", length, what);
      } else if (length > reply.capacity()) {
        throw new SourceException(
            "recvfrom", "", what + ": a reply of " + length + " bytes does not fit the buffer");
      } else if (length <= 0 || receiver.isFromKernel()) {
        return length;
      } else {
        tolerate("recvfrom", 0);
      }
    }
  }

  /** Whether the message that begins there answers this request; if not, it is tolerated. */
  boolean isAnswer(int at) {
    if (reply.getInt(at + Netlink.SEQUENCE_OFFSET) == request.getInt(Netlink.SEQUENCE_OFFSET)) {
      return true;
    }
    tolerate("recvfrom", 0);
    return false;
  }

  /** Tolerates one more interruption, or a message that is not for us, up to a limit. */
  private void tolerate(String call, int result) {
    if (++tolerated > MOST_TOLERATED) {
      throw new SourceException(
          Kind.INTERRUPTED,
          call,
          result < 0 ? Errno.name(-result) : "",
          what + ": too many interruptions or messages from others, more than " + MOST_TOLERATED);
    }
  }

  /** The failure that a reply cannot be decoded. */
  SourceException malformed(MalformedDumpException reason) {
    return malformed(what, reason);
  }

  /** The failure that what comes while doing this cannot be decoded. */
  static SourceException malformed(String what, MalformedDumpException reason) {
    return new SourceException(
        "recvfrom", what + ": the reply makes no sense: " + reason.getMessage(), reason);
  }

  void end() {
    if (fd >= 0) {
      calls.close(fd);
    }
    fd = NONE;
  }
}
