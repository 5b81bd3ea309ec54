// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.SocketFilter;
import java.nio.ByteBuffer;

/** A dump of sockets. Reusable, by one thread at a time. */
public final class SockDiagDump {

  static final String WHAT = "asking the kernel for TCP sockets";

  /** What the kernel marks the messages of a dump with that may have missed sockets. */
  public static final String INTERRUPTED = "NLM_F_DUMP_INTR";

  /**
   * The kernel fills each reply up to its own limit, 32 KiB by default; this leaves it room to
   * grow.
   */
  private static final int REPLY_CAPACITY = 256 * 1024;

  private final SockDiagExchange exchange;
  private final ByteBuffer reply;

  private int replyType;
  private boolean interrupted;

  SockDiagDump(LinuxCalls calls) {
    exchange = new SockDiagExchange(calls, WHAT, REPLY_CAPACITY);
    reply = exchange.reply();
  }

  /**
   * Asks; {@link #end} must follow in any case.
   *
   * @throws SourceException if the kernel refuses
   */
  void ask(int sequence, SocketFilter filter, DumpPart part) {
    interrupted = false;
    SockDiagRequest.putDump(filter, part, sequence, exchange.request());
    replyType = Netlink.unsignedShort(exchange.request(), Netlink.TYPE_OFFSET);
    exchange.send();
  }

  /**
   * Reads to the end, on any thread.
   *
   * @return why the answer is incomplete, so that another attempt may succeed: the error's name, or
   *     {@link #INTERRUPTED}; empty if it is complete
   * @throws SourceException if the kernel refuses, or answers what cannot be understood
   */
  String read(SocketColumnsBuilder into) {
    boolean done = false;
    while (!done) {
      int length = exchange.receive();
      if (length == -Errno.ENOBUFS) {
        return Errno.name(Errno.ENOBUFS);
      }
      if (length == 0) {
        throw new SourceException(
            "recvfrom", "", WHAT + ": the dump ended before the kernel said that it was complete");
      }
      into.startPart();
      done = read(length, into);
    }
    return interrupted ? INTERRUPTED : "";
  }

  void end() {
    exchange.end();
  }

  /** Reads the messages of one reply and returns whether the last one ended the dump. */
  private boolean read(int length, SocketColumnsBuilder into) {
    try {
      int at = 0;
      while (at < length) {
        int size = Netlink.messageSize(reply, at, length);
        if (exchange.isAnswer(at) && message(at, at + size, into)) {
          return true;
        }
        at += Netlink.align(size);
      }
      return false;
    } catch (MalformedDumpException e) {
      throw exchange.malformed(e);
    }
  }

  private boolean message(int at, int end, SocketColumnsBuilder into) {
    int flags = Netlink.unsignedShort(reply, at + Netlink.FLAGS_OFFSET);
    interrupted |= (flags & Netlink.NLM_F_DUMP_INTR) != 0;
    int type = Netlink.unsignedShort(reply, at + Netlink.TYPE_OFFSET);
    int payload = at + Netlink.HEADER_SIZE;
    if (type == replyType) {
      SockDiagCodec.decode(reply, payload, end, into);
      return false;
    }
    switch (type) {
      case Netlink.NLMSG_DONE -> {
        if (end - payload >= Integer.BYTES) {
          failOn(reply.getInt(payload));
        }
        return true;
      }
      case Netlink.NLMSG_ERROR -> {
        failOn(Netlink.error(reply, at, end));
        return false;
      }
      case Netlink.NLMSG_OVERRUN -> {
        interrupted = true;
        return false;
      }
      case Netlink.NLMSG_NOOP -> {
        return false;
      }
      default -> throw new MalformedDumpException("a message of type " + type);
    }
  }

  private static void failOn(int error) {
    if (error < 0) {
      throw Errno.failure("sock_diag", error, WHAT);
    }
  }
}
