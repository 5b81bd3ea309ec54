package io.tcptable.internal.linux;

import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.SocketFilter;
import io.tcptable.internal.table.SourceException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A request and its replies on a fresh netlink socket. Reusable, by one thread at a time. */
final class SockDiagDump {

  static final String WHAT = "asking the kernel for TCP sockets";

  /** What the kernel marks the messages of a dump with that may have missed sockets. */
  static final String INTERRUPTED = "NLM_F_DUMP_INTR";

  /**
   * The kernel fills each reply up to its own limit, 32 KiB by default; this leaves it room to
   * grow.
   */
  private static final int REPLY_CAPACITY = 256 * 1024;

  /** How often a call may be interrupted, and how many foreign messages may arrive, in one dump. */
  private static final int MOST_NUISANCES = 100;

  private static final int MSG_TRUNC = 0x20;
  private static final int MSG_DONTWAIT = 0x40;

  private static final int SOCKADDR_NL_SIZE = 12;
  private static final int SENDER_PORT = 4;

  private final LinuxCalls calls;
  private final ByteBuffer request = direct(SockDiagCodec.REQUEST_CAPACITY);
  private final ByteBuffer reply = direct(REPLY_CAPACITY);
  private final ByteBuffer sender = direct(SOCKADDR_NL_SIZE);
  private final ByteBuffer senderLength = direct(Integer.BYTES);

  private static final int NONE = -1;

  private int fd = NONE;
  private int sequence;
  private int replyType;
  private boolean interrupted;
  private int nuisances;

  SockDiagDump(LinuxCalls calls) {
    this.calls = calls;
  }

  private static ByteBuffer direct(int capacity) {
    return ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
  }

  /**
   * Opens a netlink socket and asks; {@link #end} must follow in any case.
   *
   * @throws SourceException if the kernel refuses
   */
  void ask(int sequence, SocketFilter filter, DumpPart part) {
    this.sequence = sequence;
    interrupted = false;
    nuisances = 0;
    SockDiagCodec.encode(filter, part, sequence, request);
    replyType = Netlink.unsignedShort(request, Netlink.TYPE_OFFSET);
    fd = calls.socket(Netlink.AF_NETLINK, Netlink.SOCK_RAW_CLOEXEC, Netlink.NETLINK_SOCK_DIAG);
    if (fd < 0) {
      throw Errno.failure("socket", fd, WHAT);
    }
    send();
  }

  /**
   * Reads to the end, on whatever thread.
   *
   * @return why the answer is incomplete, so that another attempt may succeed: the error's name, or
   *     {@link #INTERRUPTED}; empty if it is complete
   * @throws SourceException if the kernel refuses, or answers what cannot be understood
   */
  String read(SocketColumnsBuilder into) {
    boolean done = false;
    while (!done) {
      int length = receive();
      if (length == -Errno.ENOBUFS) {
        return Errno.name(Errno.ENOBUFS);
      }
      done = isFromKernel() && read(length, into);
    }
    return interrupted ? INTERRUPTED : "";
  }

  void end() {
    if (fd >= 0) {
      calls.close(fd);
    }
    fd = NONE;
  }

  private void send() {
    int sent = calls.send(fd, request, 0);
    while (sent == -Errno.EINTR) {
      nuisance("send", sent);
      sent = calls.send(fd, request, 0);
    }
    if (sent < 0) {
      throw Errno.failure("send", sent, WHAT);
    }
  }

  /**
   * Receives the next part. The kernel makes it ready before it hands out the part before it, so
   * there is never a need to wait: nothing there means that the dump was cut off.
   */
  private int receive() {
    while (true) {
      senderLength.putInt(0, SOCKADDR_NL_SIZE);
      int length = calls.recvfrom(fd, reply, MSG_DONTWAIT | MSG_TRUNC, sender, senderLength);
      if (length == -Errno.EINTR) {
        nuisance("recvfrom", length);
      } else if (length == -Errno.EAGAIN || length == 0) {
        throw new SourceException(
            "recvfrom", "", WHAT + ": the dump ended before the kernel said that it was complete");
      } else if (length < 0 && length != -Errno.ENOBUFS) {
        throw Errno.failure("recvfrom", length, WHAT);
      } else if (length > reply.capacity()) {
        throw new SourceException(
            "recvfrom", "", WHAT + ": a reply of " + length + " bytes does not fit the buffer");
      } else {
        return length;
      }
    }
  }

  private boolean isFromKernel() {
    if (senderLength.getInt(0) == SOCKADDR_NL_SIZE && sender.getInt(SENDER_PORT) == 0) {
      return true;
    }
    nuisance("recvfrom", 0);
    return false;
  }

  /** Bears with one more interruption, or with a message that is not for us. */
  private void nuisance(String call, int result) {
    if (++nuisances > MOST_NUISANCES) {
      throw new SourceException(
          call,
          result < 0 ? Errno.name(-result) : "",
          WHAT + ": too many interruptions or messages from others, more than " + MOST_NUISANCES);
    }
  }

  /** Reads the messages of one reply and returns whether the last one ended the dump. */
  private boolean read(int length, SocketColumnsBuilder into) {
    try {
      int at = 0;
      while (at < length) {
        int size = messageSize(at, length);
        if (message(at, at + size, into)) {
          return true;
        }
        at += Netlink.align(size);
      }
      return false;
    } catch (MalformedDumpException e) {
      throw new SourceException(
          "recvfrom", WHAT + ": the reply makes no sense: " + e.getMessage(), e);
    }
  }

  private int messageSize(int at, int length) {
    int left = length - at;
    int size = left < Netlink.HEADER_SIZE ? left : reply.getInt(at);
    if (size < Netlink.HEADER_SIZE || size > left) {
      throw new MalformedDumpException(
          "a message of " + size + " bytes where " + left + " are left");
    }
    return size;
  }

  private boolean message(int at, int end, SocketColumnsBuilder into) {
    if (reply.getInt(at + Netlink.SEQUENCE_OFFSET) != sequence) {
      nuisance("recvfrom", 0);
      return false;
    }
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
        if (end - payload < Integer.BYTES) {
          throw new MalformedDumpException("an error message without an error");
        }
        failOn(reply.getInt(payload));
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
