package io.tcptable.internal.table;

import io.tcptable.internal.table.SocketColumns.Column;
import io.tcptable.internal.table.SocketColumns.Detail;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Takes sockets one after another and makes columns of those that pass the filter. Reusable: {@link
 * #start} forgets everything but the room it has grown to. For one thread at a time.
 */
public final class SocketColumnsBuilder {

  private static final int FIRST_CAPACITY = 256;

  private SocketFilter filter = SocketFilter.all();
  final Set<Column> filled = EnumSet.noneOf(Column.class);
  boolean withDetail;
  int size;
  int[] shape = new int[FIRST_CAPACITY];
  int[] ports = new int[FIRST_CAPACITY];
  int[] localAddress = new int[FIRST_CAPACITY];
  int[] remoteAddress = new int[FIRST_CAPACITY];
  int[] receiveQueue = new int[FIRST_CAPACITY];
  int[] sendQueue = new int[FIRST_CAPACITY];
  int[] inode = new int[FIRST_CAPACITY];
  long[] cookie = new long[FIRST_CAPACITY];
  int[] timerMillis = new int[FIRST_CAPACITY];
  int[] origin = new int[FIRST_CAPACITY];
  int[] detail = new int[0];
  final PairPool wideAddresses = new PairPool();
  final PairPool origins = new PairPool();

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
    size = 0;
    wideAddresses.clear();
    origins.clear();
  }

  /**
   * Adds a socket if the filter accepts it. The methods below then tell more of this socket; what
   * is not told of it is 0.
   */
  public boolean add(boolean v6, int state, int localPort, int remotePort) {
    if (!filter.accepts(v6, state, localPort, remotePort)) {
      return false;
    }
    if (size == shape.length) {
      grow();
    }
    int row = size++;
    shape[row] = Shape.of(v6, state);
    ports[row] = (localPort << 16) | remotePort;
    receiveQueue[row] = 0;
    sendQueue[row] = 0;
    inode[row] = 0;
    cookie[row] = 0;
    timerMillis[row] = 0;
    if (withDetail) {
      if (detail.length < shape.length * SocketColumns.DETAILS) {
        detail = Arrays.copyOf(detail, shape.length * SocketColumns.DETAILS);
      }
      detail[row * SocketColumns.DETAILS] = SocketColumns.NO_DETAIL;
    }
    return true;
  }

  private void grow() {
    int capacity = 2 * shape.length;
    shape = Arrays.copyOf(shape, capacity);
    ports = Arrays.copyOf(ports, capacity);
    localAddress = Arrays.copyOf(localAddress, capacity);
    remoteAddress = Arrays.copyOf(remoteAddress, capacity);
    receiveQueue = Arrays.copyOf(receiveQueue, capacity);
    sendQueue = Arrays.copyOf(sendQueue, capacity);
    inode = Arrays.copyOf(inode, capacity);
    cookie = Arrays.copyOf(cookie, capacity);
    timerMillis = Arrays.copyOf(timerMillis, capacity);
    origin = Arrays.copyOf(origin, capacity);
  }

  /** The addresses of an IPv4 socket, each with its first byte highest. */
  public void addresses(int local, int remote) {
    localAddress[size - 1] = local;
    remoteAddress[size - 1] = remote;
  }

  /** The addresses of an IPv6 socket, each half with its first byte highest. */
  public void addresses(long localHigh, long localLow, long remoteHigh, long remoteLow) {
    localAddress[size - 1] = wideAddresses.indexOf(localHigh, localLow);
    remoteAddress[size - 1] = wideAddresses.indexOf(remoteHigh, remoteLow);
  }

  public void queues(int receive, int send) {
    receiveQueue[size - 1] = receive;
    sendQueue[size - 1] = send;
  }

  public void identity(int inode, long cookie) {
    this.inode[size - 1] = inode;
    this.cookie[size - 1] = cookie;
  }

  /**
   * Where the socket comes from; every socket must be told.
   *
   * @param mark the socket mark, below zero if not known
   */
  public void origin(int uid, int interfaceIndex, long mark) {
    origin[size - 1] =
        origins.indexOf(((long) uid << 32) | Integer.toUnsignedLong(interfaceIndex), mark);
  }

  public void timer(int kind, int millis, int retransmits) {
    shape[size - 1] = Shape.withTimer(shape[size - 1], kind, retransmits);
    timerMillis[size - 1] = millis;
  }

  /** Whether an IPv6 socket takes no IPv4 connections. */
  public void v6Only(boolean v6Only) {
    shape[size - 1] = Shape.withV6Only(shape[size - 1], v6Only);
  }

  public void detail(Detail figure, int value) {
    detail[(size - 1) * SocketColumns.DETAILS + figure.offset] = value;
  }

  public boolean wantsDetail() {
    return withDetail;
  }

  public SocketColumns build() {
    return new SocketColumns(this);
  }
}
