// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.SocketFilter;
import io.tcptable.internal.table.StateNumber;
import java.nio.ByteBuffer;

/**
 * Requests of sock_diag for TCP, from {@code linux/inet_diag.h} and {@code sock_diag(7)}. Ports and
 * addresses are in network byte order, all else in native order.
 *
 * <pre>
 * inet_diag_sockid   0 be16 sport   2 be16 dport   4 be32 src[4]   20 be32 dst[4]
 *                   36 u32 if      40 u32 cookie[2]   48
 * inet_diag_req      0 u8 family   1 u8 src_len   2 u8 dst_len   3 u8 ext   4 sockid
 *                   52 u32 states  56 u32 dbs   60
 * inet_diag_req_v2   0 u8 family   1 u8 protocol  2 u8 ext       4 u32 states   8 sockid   56
 * </pre>
 *
 * <p>The older request, {@code inet_diag_req}, is the only one that walks the kernel's tables once
 * for both families: a port is answered in half the time of two requests of the newer kind.
 */
final class SockDiagRequest {

  static final int TCPDIAG_GETSOCK = 18;
  static final int SOCK_DIAG_BY_FAMILY = 20;
  static final int SOCK_DESTROY = 21;

  /** Room for the longest request. */
  static final int CAPACITY = 8 * 1024;

  private static final int IPPROTO_TCP = 6;
  private static final int INET_DIAG_REQ_BYTECODE = 1;

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

  private static final int BOUND_INACTIVE = 13;

  private SockDiagRequest() {}

  /** Writes a dump request and sets the buffer's limit to its end. */
  static void putDump(SocketFilter filter, DumpPart part, int sequence, ByteBuffer request) {
    boolean both = filter.ipv4() && filter.ipv6();
    int end = both ? BOTH_END : ONE_END;
    clear(request, end);
    int extensions = filter.detail() ? 1 << (SockDiagCodec.INET_DIAG_INFO - 1) : 0;
    request.put(REQUEST, (byte) (filter.ipv4() ? SockDiagCodec.AF_INET : SockDiagCodec.AF_INET6));
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
  static void putDestruction(SocketColumns sockets, int row, int sequence, ByteBuffer request) {
    clear(request, ONE_END);
    request.put(
        REQUEST, (byte) (sockets.isV6(row) ? SockDiagCodec.AF_INET6 : SockDiagCodec.AF_INET));
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

  /** Sockets that are only bound report state CLOSE, but are selected by another bit. */
  private static int states(SocketFilter filter) {
    boolean closed = ((filter.states() >>> StateNumber.CLOSED) & 1) != 0;
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
      length = InetDiagBytecode.putPart(request, program, part);
    } else if (localPorts.length > 1 && localPorts.length <= InetDiagBytecode.MOST_PORTS) {
      length = InetDiagBytecode.put(request, program, localPorts);
    } else {
      return 0;
    }
    length += Netlink.ATTRIBUTE_HEADER_SIZE;
    request.putShort(offset, (short) length);
    request.putShort(offset + 2, (short) INET_DIAG_REQ_BYTECODE);
    return length;
  }
}
