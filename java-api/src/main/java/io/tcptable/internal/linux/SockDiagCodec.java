package io.tcptable.internal.linux;

import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.SocketColumns.Detail;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.SocketFilter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Requests and replies of sock_diag for TCP, from {@code linux/inet_diag.h} and {@code
 * sock_diag(7)}. Ports and addresses are in network byte order, all else in native order.
 *
 * <pre>
 * inet_diag_sockid   0 be16 sport   2 be16 dport   4 be32 src[4]   20 be32 dst[4]
 *                   36 u32 if      40 u32 cookie[2]   48
 * inet_diag_req      0 u8 family   1 u8 src_len   2 u8 dst_len   3 u8 ext   4 sockid
 *                   52 u32 states  56 u32 dbs   60
 * inet_diag_req_v2   0 u8 family   1 u8 protocol  2 u8 ext       4 u32 states   8 sockid   56
 * inet_diag_msg      0 u8 family   1 u8 state     2 u8 timer     3 u8 retrans   4 sockid
 *                   52 u32 expires 56 u32 rqueue  60 u32 wqueue  64 u32 uid  68 u32 inode  72
 * </pre>
 *
 * <p>The older request, {@code inet_diag_req}, is the only one that walks the kernel's tables once
 * for both families: a port is answered in half the time of two requests of the newer kind.
 */
final class SockDiagCodec {

  static final int AF_INET = 2;
  static final int AF_INET6 = 10;

  static final int TCPDIAG_GETSOCK = 18;
  static final int SOCK_DIAG_BY_FAMILY = 20;
  static final int SOCK_DESTROY = 21;

  /** Room for the longest request. */
  static final int REQUEST_CAPACITY = 8 * 1024;

  private static final int IPPROTO_TCP = 6;
  private static final int INET_DIAG_REQ_BYTECODE = 1;
  private static final int INET_DIAG_INFO = 2;
  private static final int INET_DIAG_SKV6ONLY = 11;
  private static final int INET_DIAG_MARK = 15;

  private static final int REQUEST = Netlink.HEADER_SIZE;
  private static final int BOTH_EXT = REQUEST + 3;
  private static final int BOTH_SOCKID = REQUEST + 4;
  private static final int BOTH_STATES = REQUEST + 52;
  private static final int BOTH_END = REQUEST + 60;
  private static final int ONE_PROTOCOL = REQUEST + 1;
  private static final int ONE_EXT = REQUEST + 2;
  private static final int ONE_STATES = REQUEST + 4;
  private static final int ONE_SOCKID = REQUEST + 8;
  private static final int ONE_END = REQUEST + 56;

  private static final int SOCKID_LOCAL_ADDRESS = 4;
  private static final int SOCKID_REMOTE_ADDRESS = 20;
  private static final int SOCKID_INTERFACE = 36;
  private static final int SOCKID_COOKIE_LOW = 40;
  private static final int SOCKID_COOKIE_HIGH = 44;

  static final int MESSAGE_SIZE = 72;
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

  private static final int CLOSE = 7;
  private static final int LISTEN = 10;
  private static final int BOUND_INACTIVE = 13;
  private static final long NO_MARK = -1;

  private SockDiagCodec() {}

  /** Writes a dump request and sets the buffer's limit to its end. */
  static void encode(SocketFilter filter, DumpPart part, int sequence, ByteBuffer request) {
    boolean both = filter.ipv4() && filter.ipv6();
    int end = both ? BOTH_END : ONE_END;
    clear(request, end);
    int extensions = filter.detail() ? 1 << (INET_DIAG_INFO - 1) : 0;
    request.put(REQUEST, (byte) (filter.ipv4() ? AF_INET : AF_INET6));
    if (both) {
      request.put(BOTH_EXT, (byte) extensions);
      request.putInt(BOTH_STATES, states(filter));
    } else {
      request.put(ONE_PROTOCOL, (byte) IPPROTO_TCP);
      request.put(ONE_EXT, (byte) extensions);
      request.putInt(ONE_STATES, states(filter));
    }
    int sockid = both ? BOTH_SOCKID : ONE_SOCKID;
    if (filter.localPorts().length == 1) {
      putPort(request, sockid, filter.localPorts()[0]);
    }
    putPort(request, sockid + 2, filter.remotePort());
    end += putProgram(request, end, filter.localPorts(), part);
    Netlink.putHeader(
        request,
        end,
        both ? TCPDIAG_GETSOCK : SOCK_DIAG_BY_FAMILY,
        Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP,
        sequence);
    request.limit(end);
  }

  /**
   * Writes a request to drop one connection, which the kernel finds by its addresses and then knows
   * by its cookie, and sets the buffer's limit to its end.
   */
  static void encodeDestruction(SocketColumns sockets, int row, int sequence, ByteBuffer request) {
    clear(request, ONE_END);
    request.put(REQUEST, (byte) (sockets.isV6(row) ? AF_INET6 : AF_INET));
    request.put(ONE_PROTOCOL, (byte) IPPROTO_TCP);
    putPort(request, ONE_SOCKID, sockets.localPort(row));
    putPort(request, ONE_SOCKID + 2, sockets.remotePort(row));
    request.put(ONE_SOCKID + SOCKID_LOCAL_ADDRESS, sockets.localAddress(row));
    request.put(ONE_SOCKID + SOCKID_REMOTE_ADDRESS, sockets.remoteAddress(row));
    request.putInt(ONE_SOCKID + SOCKID_INTERFACE, sockets.interfaceIndex(row));
    long cookie = sockets.cookie(row);
    request.putInt(ONE_SOCKID + SOCKID_COOKIE_LOW, (int) cookie);
    request.putInt(ONE_SOCKID + SOCKID_COOKIE_HIGH, (int) (cookie >>> 32));
    int flags = Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK;
    Netlink.putHeader(request, ONE_END, SOCK_DESTROY, flags, sequence);
    request.limit(ONE_END);
  }

  private static void clear(ByteBuffer request, int end) {
    request.clear();
    for (int i = REQUEST; i < end; i++) {
      request.put(i, (byte) 0);
    }
  }

  /** Sockets that are bound and no more report state CLOSE, but are asked for by another bit. */
  private static int states(SocketFilter filter) {
    boolean closed = ((filter.states() >>> CLOSE) & 1) != 0;
    return (filter.states() & ~(1 << BOUND_INACTIVE)) | (closed ? 1 << BOUND_INACTIVE : 0);
  }

  private static void putPort(ByteBuffer bytes, int offset, int port) {
    bytes.put(offset, (byte) (port >>> 8));
    bytes.put(offset + 1, (byte) port);
  }

  private static int putProgram(ByteBuffer request, int offset, int[] localPorts, DumpPart part) {
    int program = offset + Netlink.ATTRIBUTE_HEADER_SIZE;
    int length;
    if (part != DumpPart.WHOLE) {
      length = PortBytecode.putPart(request, program, part);
    } else if (localPorts.length > 1 && localPorts.length <= PortBytecode.MOST_PORTS) {
      length = PortBytecode.put(request, program, localPorts);
    } else {
      return 0;
    }
    length += Netlink.ATTRIBUTE_HEADER_SIZE;
    request.putShort(offset, (short) length);
    request.putShort(offset + 2, (short) INET_DIAG_REQ_BYTECODE);
    return length;
  }

  /**
   * Reads one socket.
   *
   * @param at where the payload begins, after the netlink header
   * @param end where the message ends
   * @throws MalformedDumpException if the message is shorter than it says or than it must be
   */
  static void decode(ByteBuffer bytes, int at, int end, SocketColumnsBuilder sockets) {
    if (end - at < MESSAGE_SIZE) {
      throw new MalformedDumpException(
          "a socket of " + (end - at) + " bytes, at least " + MESSAGE_SIZE + " expected");
    }
    int family = bytes.get(at);
    if (family != AF_INET && family != AF_INET6) {
      throw new MalformedDumpException("a socket of address family " + family);
    }
    boolean v6 = family == AF_INET6;
    int state = bytes.get(at + STATE);
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
    sockets.identity(
        bytes.getInt(at + INODE),
        ((long) bytes.getInt(at + COOKIE_HIGH) << 32)
            | Integer.toUnsignedLong(bytes.getInt(at + COOKIE_LOW)));
    sockets.timer(
        bytes.get(at + TIMER),
        bytes.getInt(at + EXPIRES),
        Byte.toUnsignedInt(bytes.get(at + RETRANSMITS)));
    long mark = attributes(bytes, at + MESSAGE_SIZE, end, state, sockets);
    sockets.origin(bytes.getInt(at + UID), bytes.getInt(at + INTERFACE), mark);
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
      } else if (type == INET_DIAG_INFO && sockets.wantsDetail() && state != LISTEN) {
        detail(bytes, payload, size, sockets);
      }
      at += Netlink.align(length);
    }
    return mark;
  }

  private static void detail(ByteBuffer bytes, int at, int size, SocketColumnsBuilder sockets) {
    if (size < INFO_NEEDED) {
      return;
    }
    sockets.detail(Detail.RTT_MICROS, bytes.getInt(at + INFO_RTT));
    sockets.detail(Detail.RTT_VARIATION_MICROS, bytes.getInt(at + INFO_RTT_VARIATION));
    sockets.detail(Detail.RETRANSMITS, bytes.getInt(at + INFO_TOTAL_RETRANSMITS));
    sockets.detail(Detail.LAST_SENT_MILLIS, bytes.getInt(at + INFO_LAST_SENT));
    sockets.detail(Detail.LAST_RECEIVED_MILLIS, bytes.getInt(at + INFO_LAST_RECEIVED));
  }

  private static int port(ByteBuffer bytes, int offset) {
    return (Byte.toUnsignedInt(bytes.get(offset)) << 8) | Byte.toUnsignedInt(bytes.get(offset + 1));
  }

  private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  private static int bigEndianInt(ByteBuffer bytes, int offset) {
    int value = bytes.getInt(offset);
    return LITTLE ? Integer.reverseBytes(value) : value;
  }

  private static long bigEndianLong(ByteBuffer bytes, int offset) {
    long value = bytes.getLong(offset);
    return LITTLE ? Long.reverseBytes(value) : value;
  }
}
