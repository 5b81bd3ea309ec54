package io.tcptable.internal.table;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Sockets as columns of primitives: 44 bytes a socket (64 with {@code tcp_info}), and 16 for each
 * distinct IPv6 address. Immutable, so any number of threads may read it.
 */
public final class SocketColumns {

  /** The columns that not every source can fill. */
  public enum Column {
    QUEUES,
    /** The send queue of a listener: how many connections may wait. */
    ACCEPT_QUEUE_LIMIT,
    UID,
    INODE,
    COOKIE,
    INTERFACE,
    TIMER
  }

  /** A figure of {@code tcp_info}, in the order of the detail column. */
  public enum Detail {
    RTT_MICROS(0),
    RTT_VARIATION_MICROS(1),
    RETRANSMITS(2),
    LAST_SENT_MILLIS(3),
    LAST_RECEIVED_MILLIS(4);

    final int offset;

    Detail(int offset) {
      this.offset = offset;
    }
  }

  static final int DETAILS = Detail.values().length;

  /** Stands in the detail column where the kernel gave no {@code tcp_info}. */
  static final int NO_DETAIL = -1;

  private final int size;
  private final Set<Column> filled;
  private final int[] shape;
  private final int[] ports;
  private final int[] localAddress;
  private final int[] remoteAddress;
  private final long[] wideAddresses;
  private final int[] receiveQueue;
  private final int[] sendQueue;
  private final int[] inode;
  private final long[] cookie;
  private final int[] timerMillis;
  private final int[] origin;
  private final long[] origins;
  private final int[] detail;

  SocketColumns(SocketColumnsBuilder from) {
    size = from.size;
    filled = EnumSet.copyOf(from.filled);
    shape = Arrays.copyOf(from.shape, size);
    ports = Arrays.copyOf(from.ports, size);
    localAddress = Arrays.copyOf(from.localAddress, size);
    remoteAddress = Arrays.copyOf(from.remoteAddress, size);
    wideAddresses = from.wideAddresses.toArray();
    receiveQueue = Arrays.copyOf(from.receiveQueue, size);
    sendQueue = Arrays.copyOf(from.sendQueue, size);
    inode = Arrays.copyOf(from.inode, size);
    cookie = Arrays.copyOf(from.cookie, size);
    timerMillis = Arrays.copyOf(from.timerMillis, size);
    origin = Arrays.copyOf(from.origin, size);
    origins = from.origins.toArray();
    detail = from.withDetail ? Arrays.copyOf(from.detail, size * DETAILS) : new int[0];
  }

  public int size() {
    return size;
  }

  /** Whether the source could fill this column; if not, its figures mean nothing. */
  public boolean has(Column column) {
    return filled.contains(column);
  }

  public boolean isV6(int row) {
    return Shape.isV6(shape[row]);
  }

  /** Whether an IPv6 socket is known to take no IPv4 connections. */
  public boolean isV6Only(int row) {
    return Shape.isV6Only(shape[row]);
  }

  /** The kernel's number of the state. */
  public int state(int row) {
    return Shape.state(shape[row]);
  }

  public int localPort(int row) {
    return ports[row] >>> 16;
  }

  public int remotePort(int row) {
    return ports[row] & 0xffff;
  }

  /** The address in network byte order, 4 or 16 bytes. */
  public byte[] localAddress(int row) {
    return address(row, localAddress);
  }

  /** The address in network byte order, 4 or 16 bytes. */
  public byte[] remoteAddress(int row) {
    return address(row, remoteAddress);
  }

  private byte[] address(int row, int[] column) {
    if (isV6(row)) {
      byte[] bytes = new byte[16];
      bigEndian(wideAddresses[2 * column[row]], bytes, 0, 8);
      bigEndian(wideAddresses[2 * column[row] + 1], bytes, 8, 8);
      return bytes;
    }
    byte[] bytes = new byte[4];
    bigEndian(column[row], bytes, 0, 4);
    return bytes;
  }

  private static void bigEndian(long value, byte[] bytes, int from, int count) {
    for (int i = 0; i < count; i++) {
      bytes[from + i] = (byte) (value >>> (8 * (count - 1 - i)));
    }
  }

  /** Unread bytes; of a listener, the connections that wait to be accepted. */
  public long receiveQueue(int row) {
    return Integer.toUnsignedLong(receiveQueue[row]);
  }

  /** Unacknowledged bytes; of a listener, how many connections may wait. */
  public long sendQueue(int row) {
    return Integer.toUnsignedLong(sendQueue[row]);
  }

  public long inode(int row) {
    return Integer.toUnsignedLong(inode[row]);
  }

  public long cookie(int row) {
    return cookie[row];
  }

  public long uid(int row) {
    return origins[2 * origin[row]] >>> 32;
  }

  /** The interface the socket is bound to, 0 for none. */
  public int interfaceIndex(int row) {
    return (int) origins[2 * origin[row]];
  }

  /** The mark, or a number below zero if the kernel did not tell it. */
  public long mark(int row) {
    return origins[2 * origin[row] + 1];
  }

  /** The kernel's number of the pending timer, 0 for none. */
  public int timer(int row) {
    return Shape.timer(shape[row]);
  }

  public int timerMillis(int row) {
    return timerMillis[row];
  }

  /** Retransmits or probes sent without an answer. */
  public int timerRetransmits(int row) {
    return Shape.retransmits(shape[row]);
  }

  public boolean hasDetail(int row) {
    return detail.length > 0 && detail[row * DETAILS] != NO_DETAIL;
  }

  public long detail(int row, Detail figure) {
    return Integer.toUnsignedLong(detail[row * DETAILS + figure.offset]);
  }
}
