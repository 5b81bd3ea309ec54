// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

import io.tcptable.internal.platform.PushedSockets;
import io.tcptable.internal.table.SocketColumns.Detail;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.StateNumber;
import io.tcptable.internal.table.Transfer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Replies of sock_diag for TCP, from {@code linux/inet_diag.h} and {@code sock_diag(7)}. Ports and
 * addresses are in network byte order, all else in native order.
 *
 * <pre>
 * inet_diag_sockid   0 be16 sport   2 be16 dport   4 be32 src[4]   20 be32 dst[4]
 *                   36 u32 if      40 u32 cookie[2]   48
 * inet_diag_msg      0 u8 family   1 u8 state     2 u8 timer     3 u8 retrans   4 sockid
 *                   52 u32 expires 56 u32 rqueue  60 u32 wqueue  64 u32 uid  68 u32 inode  72
 * </pre>
 */
public final class SockDiagCodec {

  public static final int AF_INET = 2;
  public static final int AF_INET6 = 10;

  static final int INET_DIAG_INFO = 2;
  private static final int INET_DIAG_SKV6ONLY = 11;
  private static final int INET_DIAG_MARK = 15;

  static final int MESSAGE_SIZE = 72;
  private static final int V4_SIZE = 4;
  private static final int V6_SIZE = 16;
  private static final int STATE = 1;
  private static final int TIMER = 2;
  private static final int RETRANSMITS = 3;
  private static final int LOCAL_PORT = 4;
  private static final int REMOTE_PORT = 6;
  private static final int LOCAL_ADDRESS = 8;
  private static final int REMOTE_ADDRESS = 24;
  private static final int INTERFACE = 40;
  private static final int COOKIE_LOW = 44;
  private static final int COOKIE_HIGH = 48;
  private static final int EXPIRES = 52;
  private static final int RECEIVE_QUEUE = 56;
  private static final int SEND_QUEUE = 60;
  private static final int UID = 64;
  private static final int INODE = 68;

  /** Offsets in {@code struct tcp_info}, which newer kernels only ever lengthen. */
  private static final int INFO_LAST_SENT = 44;

  private static final int INFO_LAST_RECEIVED = 52;
  private static final int INFO_RTT = 68;
  private static final int INFO_RTT_VARIATION = 72;
  private static final int INFO_TOTAL_RETRANSMITS = 100;
  private static final int INFO_NEEDED = 104;
  private static final int INFO_DATA_SEGMENTS_RECEIVED = 152;

  private static final int INFO_LAST_ACKNOWLEDGED = 56;
  private static final int INFO_CONGESTION_WINDOW = 80;
  private static final int INFO_PACING_RATE = 104;
  private static final int INFO_BYTES_ACKNOWLEDGED = 120;
  private static final int INFO_BYTES_RECEIVED = 128;
  private static final int INFO_DELIVERY_RATE = 160;
  private static final int INFO_BUSY = 168;
  private static final int INFO_RECEIVE_WINDOW_LIMITED = 176;
  private static final int INFO_SEND_BUFFER_LIMITED = 184;
  private static final int INFO_BYTES_SENT = 200;
  private static final int INFO_BYTES_RETRANSMITTED = 208;

  private static final long NO_MARK = -1;
  private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  private SockDiagCodec() {}

  /**
   * Reads one socket.
   *
   * @param at where the payload begins, after the netlink header
   * @param end where the message ends
   * @throws MalformedDumpException if the message is shorter than it says or than it must be
   */
  static void decode(ByteBuffer bytes, int at, int end, SocketColumnsBuilder sockets) {
    boolean v6 = isV6(bytes, at, end);
    int state = bytes.get(at + STATE);
    long cookie = cookie(bytes, at);
    if (sockets.isRepeated(v6, cookie)) {
      return;
    }
    if (!sockets.add(v6, state, port(bytes, at + LOCAL_PORT), port(bytes, at + REMOTE_PORT))) {
      return;
    }
    if (v6) {
      sockets.addresses(
          bigEndianLong(bytes, at + LOCAL_ADDRESS),
          bigEndianLong(bytes, at + LOCAL_ADDRESS + 8),
          bigEndianLong(bytes, at + REMOTE_ADDRESS),
          bigEndianLong(bytes, at + REMOTE_ADDRESS + 8));
    } else {
      sockets.addresses(
          bigEndianInt(bytes, at + LOCAL_ADDRESS), bigEndianInt(bytes, at + REMOTE_ADDRESS));
    }
    sockets.queues(bytes.getInt(at + RECEIVE_QUEUE), bytes.getInt(at + SEND_QUEUE));
    sockets.identity(bytes.getInt(at + INODE), cookie);
    sockets.timer(
        bytes.get(at + TIMER),
        bytes.getInt(at + EXPIRES),
        Byte.toUnsignedInt(bytes.get(at + RETRANSMITS)));
    long mark = attributes(bytes, at + MESSAGE_SIZE, end, state, sockets);
    sockets.attributes(bytes.getInt(at + UID), bytes.getInt(at + INTERFACE), mark);
  }

  /**
   * Reads which socket has ended.
   *
   * @param at where the payload begins, after the netlink header
   * @param end where the message ends
   * @throws MalformedDumpException if the message is shorter than it must be
   */
  static void decodeEnded(ByteBuffer bytes, int at, int end, PushedSockets.Sink sink) {
    boolean v6 = isV6(bytes, at, end);
    byte[] local = new byte[v6 ? V6_SIZE : V4_SIZE];
    byte[] remote = new byte[local.length];
    bytes.get(at + LOCAL_ADDRESS, local);
    bytes.get(at + REMOTE_ADDRESS, remote);
    sink.ended(
        cookie(bytes, at),
        local,
        port(bytes, at + LOCAL_PORT),
        remote,
        port(bytes, at + REMOTE_PORT));
    if (isAny(remote) || !isUnconnected(bytes, at + MESSAGE_SIZE, end)) {
      return;
    }
    sink.failed(port(bytes, at + LOCAL_PORT), remote, port(bytes, at + REMOTE_PORT));
  }

  private static boolean isAny(byte[] address) {
    for (byte part : address) {
      if (part != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether nothing was acknowledged, not even its SYN, so that no time was measured either. */
  private static boolean isUnconnected(ByteBuffer bytes, int from, int end) {
    int at = from;
    while (end - at >= Netlink.ATTRIBUTE_HEADER_SIZE) {
      int length = Netlink.unsignedShort(bytes, at);
      if (length < Netlink.ATTRIBUTE_HEADER_SIZE || length > end - at) {
        return false;
      }
      int info = at + Netlink.ATTRIBUTE_HEADER_SIZE;
      int size = length - Netlink.ATTRIBUTE_HEADER_SIZE;
      int type = Netlink.unsignedShort(bytes, at + 2) & Netlink.ATTRIBUTE_TYPE_MASK;
      if (type == INET_DIAG_INFO) {
        return large(bytes, info, size, INFO_BYTES_ACKNOWLEDGED) == 0
            && bytes.getInt(info + INFO_RTT) == 0;
      }
      at += Netlink.align(length);
    }
    return false;
  }

  private static boolean isV6(ByteBuffer bytes, int at, int end) {
    if (end - at < MESSAGE_SIZE) {
      throw new MalformedDumpException(
          "a socket of " + (end - at) + " bytes, at least " + MESSAGE_SIZE + " expected");
    }
    int family = bytes.get(at);
    if (family != AF_INET && family != AF_INET6) {
      throw new MalformedDumpException("a socket of address family " + family);
    }
    return family == AF_INET6;
  }

  private static long cookie(ByteBuffer bytes, int at) {
    return ((long) bytes.getInt(at + COOKIE_HIGH) << 32)
        | Integer.toUnsignedLong(bytes.getInt(at + COOKIE_LOW));
  }

  /** Reads what is wanted of the attributes, skips the others, and returns the mark. */
  private static long attributes(
      ByteBuffer bytes, int from, int end, int state, SocketColumnsBuilder sockets) {
    long mark = NO_MARK;
    int at = from;
    while (end - at >= Netlink.ATTRIBUTE_HEADER_SIZE) {
      int length = Netlink.unsignedShort(bytes, at);
      if (length < Netlink.ATTRIBUTE_HEADER_SIZE || length > end - at) {
        throw new MalformedDumpException(
            "an attribute of " + length + " bytes where " + (end - at) + " are left");
      }
      int payload = at + Netlink.ATTRIBUTE_HEADER_SIZE;
      int size = length - Netlink.ATTRIBUTE_HEADER_SIZE;
      int type = Netlink.unsignedShort(bytes, at + 2) & Netlink.ATTRIBUTE_TYPE_MASK;
      if (type == INET_DIAG_MARK && size >= 4) {
        mark = Integer.toUnsignedLong(bytes.getInt(payload));
      } else if (type == INET_DIAG_SKV6ONLY && size >= 1) {
        sockets.v6Only(bytes.get(payload) != 0);
      } else if (type == INET_DIAG_INFO && sockets.wantsDetail() && state != StateNumber.LISTEN) {
        detail(bytes, payload, size, sockets);
      }
      at += Netlink.align(length);
    }
    return mark;
  }

  /** Further figures, each where the kernel's structure is long enough to hold it. */
  private static void transfer(ByteBuffer bytes, int at, int size, SocketColumnsBuilder sockets) {
    sockets.transfer(Transfer.BYTES_SENT, large(bytes, at, size, INFO_BYTES_SENT));
    sockets.transfer(Transfer.BYTES_RECEIVED, large(bytes, at, size, INFO_BYTES_RECEIVED));
    sockets.transfer(Transfer.BYTES_ACKNOWLEDGED, large(bytes, at, size, INFO_BYTES_ACKNOWLEDGED));
    sockets.transfer(
        Transfer.BYTES_RETRANSMITTED, large(bytes, at, size, INFO_BYTES_RETRANSMITTED));
    sockets.transfer(Transfer.DELIVERY_RATE, large(bytes, at, size, INFO_DELIVERY_RATE));
    sockets.transfer(
        Transfer.CONGESTION_WINDOW,
        Integer.toUnsignedLong(bytes.getInt(at + INFO_CONGESTION_WINDOW)));
    sockets.transfer(Transfer.PACING_RATE, large(bytes, at, size, INFO_PACING_RATE));
    sockets.transfer(Transfer.BUSY_MICROS, large(bytes, at, size, INFO_BUSY));
    sockets.transfer(
        Transfer.RECEIVE_WINDOW_LIMITED_MICROS,
        large(bytes, at, size, INFO_RECEIVE_WINDOW_LIMITED));
    sockets.transfer(
        Transfer.SEND_BUFFER_LIMITED_MICROS, large(bytes, at, size, INFO_SEND_BUFFER_LIMITED));
    sockets.transfer(
        Transfer.LAST_ACKNOWLEDGED_MILLIS,
        Integer.toUnsignedLong(bytes.getInt(at + INFO_LAST_ACKNOWLEDGED)));
  }

  private static long large(ByteBuffer bytes, int at, int size, int offset) {
    return size >= offset + Long.BYTES ? bytes.getLong(at + offset) : Transfer.UNKNOWN;
  }

  private static void detail(ByteBuffer bytes, int at, int size, SocketColumnsBuilder sockets) {
    if (size < INFO_NEEDED) {
      return;
    }
    if (sockets.wantsTransfer()) {
      transfer(bytes, at, size, sockets);
    }
    sockets.detail(Detail.RTT_MICROS, bytes.getInt(at + INFO_RTT));
    sockets.detail(Detail.RTT_VARIATION_MICROS, bytes.getInt(at + INFO_RTT_VARIATION));
    sockets.detail(Detail.RETRANSMITS, bytes.getInt(at + INFO_TOTAL_RETRANSMITS));
    sockets.detail(Detail.LAST_SENT_MILLIS, bytes.getInt(at + INFO_LAST_SENT));
    sockets.detail(Detail.LAST_RECEIVED_MILLIS, bytes.getInt(at + INFO_LAST_RECEIVED));
    if (size >= INFO_DATA_SEGMENTS_RECEIVED + Integer.BYTES
        && bytes.getInt(at + INFO_DATA_SEGMENTS_RECEIVED) == 0) {
      sockets.peerSilent();
    }
  }

  private static int port(ByteBuffer bytes, int offset) {
    return (Byte.toUnsignedInt(bytes.get(offset)) << 8) | Byte.toUnsignedInt(bytes.get(offset + 1));
  }

  private static int bigEndianInt(ByteBuffer bytes, int offset) {
    int value = bytes.getInt(offset);
    return LITTLE ? Integer.reverseBytes(value) : value;
  }

  private static long bigEndianLong(ByteBuffer bytes, int offset) {
    long value = bytes.getLong(offset);
    return LITTLE ? Long.reverseBytes(value) : value;
  }
}
