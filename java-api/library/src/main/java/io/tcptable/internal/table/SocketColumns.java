// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Sockets as columns of primitives, those of IPv4 before those of IPv6. Immutable, so any number of
 * threads may read it.
 *
 * <p>Bytes a socket: 4 for the ports, 8 for the addresses of IPv4 or 32 for those of IPv6, 4 for
 * the inode, 4 for the low half of the cookie; up to 4 for each queue and for the timer, 3 for the
 * flags, 1 for the high half of the cookie (to 2^40) and 2 for the attributes (up to 65,536
 * distinct ones, each kept once in 16 bytes). With 2 for the owner (see {@link OwnerColumns}) that
 * is at most 40 of IPv4 and 64 of IPv6, and less where the figures are small. {@code tcp_info}
 * takes 20 more, and its further figures 88.
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
    TIMER,
    /** The PID of the owner as the system names it, in the place of the inode. */
    PID,
    /**
     * When the socket was made, by the clock that starts of processes are told by, in the place of
     * the cookie; 0 where that is not known.
     */
    CREATION
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

  /**
   * Marks the number of a state, 1 to 127, that is another system's own, because Linux has no such
   * state.
   */
  public static final int FOREIGN_STATE = 0x80;

  private static final int[] NOTHING = new int[0];

  /** A table without a socket. */
  static final SocketColumns EMPTY = new SocketColumns(new SocketColumnsBuilder());

  private final int size;
  private final int v4Count;
  private final Set<Column> filled;
  private final PackedColumn flags;
  private final int[] ports;
  private final int[] v4Addresses;
  private final long[] v6Addresses;
  private final PackedColumn receiveQueue;
  private final PackedColumn sendQueue;
  private final int[] inode;
  private final int[] cookieLow;
  private final PackedColumn cookieHigh;
  private final PackedColumn timerMillis;
  private final PackedColumn attributes;
  private final long[] attributePairs;
  private final int[] detail;
  private final int[] transfer;
  private final int[] namespace;

  SocketColumns(SocketColumnsBuilder from) {
    size = from.v4Count + from.v6Count;
    v4Count = from.v4Count;
    filled = from.filled.isEmpty() ? EnumSet.noneOf(Column.class) : EnumSet.copyOf(from.filled);
    flags = from.packed(from.flags);
    ports = from.joined(from.ports, 1);
    v4Addresses = from.addresses.v4(from.v4Count);
    v6Addresses = from.addresses.v6(from.v6Count);
    receiveQueue = from.packed(from.receiveQueue);
    sendQueue = from.packed(from.sendQueue);
    inode = from.joined(from.inode, 1);
    cookieLow = from.joined(from.cookieLow, 1);
    cookieHigh = from.packed(from.cookieHigh);
    timerMillis = from.packed(from.timerMillis);
    attributes = from.packed(from.attributes);
    attributePairs = from.attributePairs.toArray();
    detail = from.withDetail ? from.joined(from.detail, DETAILS) : NOTHING;
    transfer = from.withTransfer ? from.joined(from.transfer, Transfer.INTS) : NOTHING;
    namespace = from.withNamespaces ? from.joined(from.namespace, 1) : NOTHING;
  }

  public int size() {
    return size;
  }

  /** Whether the source could fill this column; if not, its figures mean nothing. */
  public boolean has(Column column) {
    return filled.contains(column);
  }

  public boolean isV6(int row) {
    return row >= v4Count;
  }

  /** Whether an IPv6 socket is known to take no IPv4 connections. */
  public boolean isV6Only(int row) {
    return PackedFlags.isV6Only(flags.get(row));
  }

  /** Whether it is known that the peer has sent no data yet. */
  public boolean isPeerSilent(int row) {
    return PackedFlags.isPeerSilent(flags.get(row));
  }

  /** Linux's number of the state, or one marked as foreign. */
  public int state(int row) {
    return PackedFlags.state(flags.get(row));
  }

  /** The number that the system itself has for a state without a name; 0 if it told none. */
  public int stateNumber(int row) {
    return state(row) & ~FOREIGN_STATE;
  }

  public int localPort(int row) {
    return ports[row] >>> 16;
  }

  public int remotePort(int row) {
    return ports[row] & 0xffff;
  }

  /** The address in network byte order, 4 or 16 bytes. */
  public byte[] localAddress(int row) {
    return address(row, 0);
  }

  /** The address in network byte order, 4 or 16 bytes. */
  public byte[] remoteAddress(int row) {
    return address(row, 1);
  }

  /** Spreads both ends of a socket over a table. */
  int hashOfEnds(int row) {
    long ends = ports[row];
    if (isV6(row)) {
      int at = v6At(row);
      for (int i = at; i < at + 4; i++) {
        ends = 31 * ends + v6Addresses[i];
      }
    } else {
      ends = 31 * (31 * ends + v4Addresses[2 * row]) + v4Addresses[2 * row + 1];
    }
    return Hash.of(ends);
  }

  /** Whether a socket of another table has the same family, addresses and ports. */
  boolean hasSameEnds(int row, SocketColumns other, int otherRow) {
    if (ports[row] != other.ports[otherRow] || isV6(row) != other.isV6(otherRow)) {
      return false;
    }
    if (isV6(row)) {
      int at = v6At(row);
      int otherAt = other.v6At(otherRow);
      return Arrays.equals(v6Addresses, at, at + 4, other.v6Addresses, otherAt, otherAt + 4);
    }
    return v4Addresses[2 * row] == other.v4Addresses[2 * otherRow]
        && v4Addresses[2 * row + 1] == other.v4Addresses[2 * otherRow + 1];
  }

  /** The builder fills in IPv6 from the last row upwards. */
  private int v6At(int row) {
    return 4 * (size - 1 - row);
  }

  private byte[] address(int row, int end) {
    if (isV6(row)) {
      int at = v6At(row) + 2 * end;
      byte[] bytes = new byte[16];
      bigEndian(v6Addresses[at], bytes, 0, 8);
      bigEndian(v6Addresses[at + 1], bytes, 8, 8);
      return bytes;
    }
    byte[] bytes = new byte[4];
    bigEndian(v4Addresses[2 * row + end], bytes, 0, 4);
    return bytes;
  }

  private static void bigEndian(long value, byte[] bytes, int from, int count) {
    for (int i = 0; i < count; i++) {
      bytes[from + i] = (byte) (value >>> (8 * (count - 1 - i)));
    }
  }

  /** Unread bytes; of a listener, the connections that wait to be accepted. */
  public long receiveQueue(int row) {
    return Integer.toUnsignedLong(receiveQueue.get(row));
  }

  /** Unacknowledged bytes; of a listener, how many connections may wait. */
  public long sendQueue(int row) {
    return Integer.toUnsignedLong(sendQueue.get(row));
  }

  public long inode(int row) {
    return Integer.toUnsignedLong(inode[row]);
  }

  public long cookie(int row) {
    return (long) cookieHigh.get(row) << 32 | Integer.toUnsignedLong(cookieLow[row]);
  }

  /** When the socket was made, see {@link Column#CREATION}; as late as can be if not known. */
  long creation(int row) {
    long made = has(Column.CREATION) ? cookie(row) : 0;
    return made == 0 ? Long.MAX_VALUE : made;
  }

  public long uid(int row) {
    return attributePairs[2 * attributes.get(row)] >>> 32;
  }

  /** The interface the socket is bound to, 0 for none. */
  public int interfaceIndex(int row) {
    return (int) attributePairs[2 * attributes.get(row)];
  }

  /** The mark, or a number below zero if the kernel did not tell it. */
  public long mark(int row) {
    return attributePairs[2 * attributes.get(row) + 1];
  }

  /** The kernel's number of the pending timer, 0 for none. */
  public int timer(int row) {
    return PackedFlags.timer(flags.get(row));
  }

  public int timerMillis(int row) {
    return timerMillis.get(row);
  }

  /** Retransmits or probes sent without an answer. */
  public int timerRetransmits(int row) {
    return PackedFlags.retransmits(flags.get(row));
  }

  /** The number of its network namespace; 0 too if nobody asked for that. */
  public int namespace(int row) {
    return namespace.length == 0 ? 0 : namespace[row];
  }

  public boolean hasDetail(int row) {
    return detail.length > 0 && detail[row * DETAILS] != NO_DETAIL;
  }

  public boolean hasTransfer(int row) {
    return transfer.length > 0 && hasDetail(row);
  }

  /** The figure, or {@link Transfer#UNKNOWN}. */
  public long transfer(int row, Transfer figure) {
    int at = row * Transfer.INTS + 2 * figure.index;
    return (long) transfer[at] << 32 | Integer.toUnsignedLong(transfer[at + 1]);
  }

  public long detail(int row, Detail figure) {
    return Integer.toUnsignedLong(detail[row * DETAILS + figure.offset]);
  }
}
