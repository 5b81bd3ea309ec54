// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.table;

import io.tcptable.internal.table.SocketColumns.Column;
import io.tcptable.internal.table.SocketColumns.Detail;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Takes sockets one after another and makes columns of those that pass the filter. Reusable: {@link
 * #start} forgets everything but the room it has grown to. For one thread at a time.
 *
 * <p>Rows of IPv4 fill the columns from the front, those of IPv6 from the back, so that no column
 * has to say which is which and each kind has room for its own addresses only.
 */
public final class SocketColumnsBuilder {

  private static final int FIRST_CAPACITY = 256;

  private SocketFilter filter = SocketFilter.all();
  final Set<Column> filled = EnumSet.noneOf(Column.class);
  boolean withDetail;
  boolean withTransfer;
  boolean withNamespaces;

  /** How many rows of IPv4 there are, at the front. */
  int v4Count;

  /** How many rows of IPv6 there are, at the back. */
  int v6Count;

  /** The row that was added last. */
  private int row;

  /** Where the rows of the part before this one begin, and those of this one, of each family. */
  private int v4PartBefore;

  private int v4Part;
  private int v6PartBefore;
  private int v6Part;

  int[] flags = new int[FIRST_CAPACITY];
  int[] ports = new int[FIRST_CAPACITY];
  int[] receiveQueue = new int[FIRST_CAPACITY];
  int[] sendQueue = new int[FIRST_CAPACITY];
  int[] inode = new int[FIRST_CAPACITY];
  int[] cookieLow = new int[FIRST_CAPACITY];
  int[] cookieHigh = new int[FIRST_CAPACITY];
  int[] timerMillis = new int[FIRST_CAPACITY];
  int[] attributes = new int[FIRST_CAPACITY];
  int[] detail = new int[0];
  int[] transfer = new int[0];
  int[] namespace = new int[0];

  final AddressColumns addresses = new AddressColumns();
  final PairInterner attributePairs = new PairInterner();

  /**
   * Begins a new, empty table.
   *
   * @param fills what the source will tell of each socket
   */
  public void start(SocketFilter filter, Set<Column> fills) {
    this.filter = filter;
    filled.clear();
    filled.addAll(fills);
    withDetail = filter.detail();
    withTransfer = filter.transfer();
    withNamespaces = false;
    v4Count = 0;
    v6Count = 0;
    v4PartBefore = 0;
    v4Part = 0;
    v6PartBefore = 0;
    v6Part = 0;
    if (withDetail && detail.length < flags.length * SocketColumns.DETAILS) {
      detail = new int[flags.length * SocketColumns.DETAILS];
    }
    if (withTransfer && transfer.length < flags.length * Transfer.INTS) {
      transfer = new int[flags.length * Transfer.INTS];
    }
    attributePairs.clear();
  }

  /**
   * Begins a new, empty table of several network namespaces, which are appended one after the
   * other. It tells what all of their sources tell.
   */
  public void startNamespaces(SocketFilter wanted) {
    start(wanted, EnumSet.allOf(Column.class));
    withNamespaces = true;
    if (namespace.length < flags.length) {
      namespace = new int[flags.length];
    }
  }

  /** Begins the next part of a table that comes in parts. */
  public void startPart() {
    v4PartBefore = v4Part;
    v4Part = v4Count;
    v6PartBefore = v6Part;
    v6Part = v6Count;
  }

  /**
   * Whether a socket is one of the part before this one, told again. A kernel that goes on where it
   * was in a list does so at the beginning of a part only, so it costs nothing after that.
   */
  public boolean isRepeated(boolean v6, long cookie) {
    if (cookie == 0 || v4Count > v4Part || v6Count > v6Part) {
      return false;
    }
    int from = v6 ? flags.length - v6Part : v4PartBefore;
    int to = v6 ? flags.length - v6PartBefore : v4Part;
    for (int row = from; row < to; row++) {
      if (cookieLow[row] == (int) cookie && cookieHigh[row] == (int) (cookie >>> 32)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Adds a socket if the filter accepts it. The methods below then tell more of this socket; what
   * is not told of it is 0.
   */
  public boolean add(boolean v6, int state, int localPort, int remotePort) {
    if (!filter.accepts(v6, state, localPort, remotePort)) {
      return false;
    }
    if (v4Count + v6Count == flags.length) {
      grow();
    }
    row = v6 ? flags.length - ++v6Count : v4Count++;
    flags[row] = PackedFlags.of(state);
    ports[row] = (localPort << 16) | remotePort;
    receiveQueue[row] = 0;
    sendQueue[row] = 0;
    inode[row] = 0;
    cookieLow[row] = 0;
    cookieHigh[row] = 0;
    timerMillis[row] = 0;
    if (withDetail) {
      detail[row * SocketColumns.DETAILS] = SocketColumns.NO_DETAIL;
    }
    return true;
  }

  /** Whether the filter accepts such a socket. */
  public boolean accepts(boolean v6, int state, int localPort, int remotePort) {
    return filter.accepts(v6, state, localPort, remotePort);
  }

  /** How many sockets were added. */
  public int size() {
    return v4Count + v6Count;
  }

  /**
   * Adds the sockets of a network namespace, from another builder with the same filter.
   *
   * @param number that they get
   */
  public void appendNamespace(SocketColumnsBuilder other, int number) {
    int v4 = v4Count;
    int v6 = v6Count;
    filled.retainAll(other.filled);
    append(other);
    Arrays.fill(namespace, v4, v4Count, number);
    Arrays.fill(namespace, namespace.length - v6Count, namespace.length - v6, number);
  }

  /** Adds the sockets of another builder, started with the same filter, in their order. */
  public void append(SocketColumnsBuilder other) {
    while (size() + other.size() > flags.length) {
      grow();
    }
    int[] numbers = attributePairs.addAll(other.attributePairs);
    append(other, other.flags, flags, 1);
    append(other, other.ports, ports, 1);
    append(other, other.receiveQueue, receiveQueue, 1);
    append(other, other.sendQueue, sendQueue, 1);
    append(other, other.inode, inode, 1);
    append(other, other.cookieLow, cookieLow, 1);
    append(other, other.cookieHigh, cookieHigh, 1);
    append(other, other.timerMillis, timerMillis, 1);
    append(other, other.attributes, attributes, 1);
    renumber(v4Count, v4Count + other.v4Count, numbers);
    renumber(attributes.length - v6Count - other.v6Count, attributes.length - v6Count, numbers);
    if (withDetail) {
      append(other, other.detail, detail, SocketColumns.DETAILS);
    }
    if (withTransfer) {
      append(other, other.transfer, transfer, Transfer.INTS);
    }
    addresses.append(v4Count, v6Count, other.addresses, other.v4Count, other.v6Count);
    v4Count += other.v4Count;
    v6Count += other.v6Count;
  }

  private void append(SocketColumnsBuilder other, int[] from, int[] to, int each) {
    int tail = other.v6Count * each;
    System.arraycopy(from, 0, to, v4Count * each, other.v4Count * each);
    System.arraycopy(from, from.length - tail, to, to.length - v6Count * each - tail, tail);
  }

  private void renumber(int from, int to, int[] numbers) {
    for (int row = from; row < to; row++) {
      attributes[row] = numbers[attributes[row]];
    }
  }

  private void grow() {
    flags = grown(flags);
    ports = grown(ports);
    receiveQueue = grown(receiveQueue);
    sendQueue = grown(sendQueue);
    inode = grown(inode);
    cookieLow = grown(cookieLow);
    cookieHigh = grown(cookieHigh);
    timerMillis = grown(timerMillis);
    attributes = grown(attributes);
    if (withDetail) {
      detail = grown(detail, SocketColumns.DETAILS);
    }
    if (withTransfer) {
      transfer = grown(transfer, Transfer.INTS);
    }
    if (withNamespaces) {
      namespace = grown(namespace);
    }
  }

  private int[] grown(int[] column) {
    return grown(column, 1);
  }

  private int[] grown(int[] column, int each) {
    return moved(column, each, new int[2 * column.length]);
  }

  /** The rows of a column without the gap between front and back. */
  int[] joined(int[] column, int each) {
    return moved(column, each, new int[(v4Count + v6Count) * each]);
  }

  private int[] moved(int[] column, int each, int[] to) {
    int tail = v6Count * each;
    System.arraycopy(column, 0, to, 0, v4Count * each);
    System.arraycopy(column, column.length - tail, to, to.length - tail, tail);
    return to;
  }

  PackedColumn packed(int[] column) {
    return new PackedColumn(column, v4Count, v6Count);
  }

  /**
   * The addresses of an IPv4 socket, each with its first byte highest; each socket must have them.
   */
  public void addresses(int local, int remote) {
    addresses.put(v4Count - 1, local, remote);
  }

  /**
   * The addresses of an IPv6 socket, each half with its first byte highest; each socket must have
   * them.
   */
  public void addresses(long localHigh, long localLow, long remoteHigh, long remoteLow) {
    addresses.put(v6Count - 1, localHigh, localLow, remoteHigh, remoteLow);
  }

  public void queues(int receive, int send) {
    receiveQueue[row] = receive;
    sendQueue[row] = send;
  }

  public void identity(int inode, long cookie) {
    this.inode[row] = inode;
    cookieLow[row] = (int) cookie;
    cookieHigh[row] = (int) (cookie >>> 32);
  }

  /**
   * The user, interface and mark of the socket; each socket must have them.
   *
   * @param mark the socket mark, below zero if not known
   */
  public void attributes(int uid, int interfaceIndex, long mark) {
    attributes[row] =
        attributePairs.indexOf(((long) uid << 32) | Integer.toUnsignedLong(interfaceIndex), mark);
  }

  public void timer(int kind, int millis, int retransmits) {
    flags[row] = PackedFlags.withTimer(flags[row], kind, retransmits);
    timerMillis[row] = millis;
  }

  /** Whether an IPv6 socket takes no IPv4 connections. */
  public void v6Only(boolean v6Only) {
    flags[row] = PackedFlags.withV6Only(flags[row], v6Only);
  }

  /** The peer of a connection has sent no data yet. */
  public void peerSilent() {
    flags[row] = PackedFlags.withPeerSilent(flags[row]);
  }

  public void detail(Detail figure, int value) {
    detail[row * SocketColumns.DETAILS + figure.offset] = value;
  }

  /** One figure; each socket with a detail must have them all. */
  public void transfer(Transfer figure, long value) {
    int at = row * Transfer.INTS + 2 * figure.index;
    transfer[at] = (int) (value >>> 32);
    transfer[at + 1] = (int) value;
  }

  public boolean wantsTransfer() {
    return withTransfer;
  }

  public boolean wantsDetail() {
    return withDetail;
  }

  private static void move(int[] column, int from, int to, int each) {
    System.arraycopy(column, from * each, column, to * each, each);
  }

  /**
   * The columns of all sockets that were added and meet the conditions of the filter. The builder
   * keeps them, for {@link #retain}.
   */
  public SocketColumns build() {
    RowConditions conditions = filter.conditions();
    if (conditions.concernColumns()) {
      compact(
          (at, n) -> conditions.acceptV4(addresses.v4Remote(n), interfaceIndex(at)),
          (at, n) ->
              conditions.accept(
                  addresses.v6RemoteHigh(n), addresses.v6RemoteLow(n), interfaceIndex(at)));
    }
    return new SocketColumns(this);
  }

  private int interfaceIndex(int at) {
    return (int) attributePairs.high(attributes[at]);
  }

  /** Drops all other sockets, by their rows in the columns that were built last. */
  public void retain(IntPredicate row) {
    int last = v4Count + v6Count - 1;
    compact((at, n) -> row.test(n), (at, n) -> row.test(last - n));
  }

  /**
   * Whether to keep the socket at a place of the columns, the {@code n}th that came of its kind.
   */
  private interface Keeping {
    boolean test(int at, int n);
  }

  private void compact(Keeping ofV4, Keeping ofV6) {
    int kept = 0;
    for (int n = 0; n < v4Count; n++) {
      if (ofV4.test(n, n)) {
        move(n, kept);
        addresses.moveV4(n, kept++);
      }
    }
    v4Count = kept;
    kept = 0;
    int last = flags.length - 1;
    for (int n = 0; n < v6Count; n++) {
      if (ofV6.test(last - n, n)) {
        move(last - n, last - kept);
        addresses.moveV6(n, kept++);
      }
    }
    v6Count = kept;
  }

  private void move(int from, int to) {
    flags[to] = flags[from];
    ports[to] = ports[from];
    receiveQueue[to] = receiveQueue[from];
    sendQueue[to] = sendQueue[from];
    inode[to] = inode[from];
    cookieLow[to] = cookieLow[from];
    cookieHigh[to] = cookieHigh[from];
    timerMillis[to] = timerMillis[from];
    attributes[to] = attributes[from];
    if (withDetail) {
      move(detail, from, to, SocketColumns.DETAILS);
    }
    if (withTransfer) {
      move(transfer, from, to, Transfer.INTS);
    }
    if (withNamespaces) {
      namespace[to] = namespace[from];
    }
  }
}
