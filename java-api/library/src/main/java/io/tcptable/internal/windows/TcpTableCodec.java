// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.SocketColumnsBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Tables of {@code GetExtendedTcpTable}: the number of rows, then the rows. Addresses and ports are
 * in network byte order, all else in the machine's.
 *
 * <p>The PID goes to where Linux has the inode: it is what owners are joined by. When the socket
 * was made goes to where Linux has the cookie.
 */
final class TcpTableCodec {

  /** {@code MIB_TCP_STATE} from 1 on, as the numbers of {@code TcpState}; DELETE_TCB is closed. */
  private static final int[] STATES = {0, 7, 10, 2, 3, 1, 4, 5, 8, 11, 9, 6, 7};

  private static final int LISTEN = 10;

  /** Of {@code MIB_TCP_STATE}. */
  private static final int DELETE_TCB = 12;

  /** FIN_WAIT_1, FIN_WAIT_2, TIME_WAIT, CLOSED, LAST_ACK, CLOSING: the process may be through. */
  private static final int CLOSING_STATES = 1 << 4 | 1 << 5 | 1 << 6 | 1 << 7 | 1 << 9 | 1 << 11;

  /** Nobody has the socket any more. */
  private static final int NO_OWNER = 0;

  /** Somebody has it, but Windows does not tell who; no process has this PID. */
  static final int UNKNOWN_OWNER = -1;

  private static final long NO_MARK = -1;

  private final TcpRowLayout layout;

  TcpTableCodec(TcpRowLayout layout) {
    this.layout = layout;
  }

  /**
   * Adds all rows from the start of the buffer up to its limit.
   *
   * @throws SourceException if the table is longer than the buffer
   */
  void decode(ByteBuffer table, SocketColumnsBuilder into) {
    long rows = table.limit() < Integer.BYTES ? -1 : Integer.toUnsignedLong(table.getInt(0));
    if (rows < 0 || (rows > 0 && layout.firstRow + rows * layout.size > table.limit())) {
      throw new SourceException(
          "GetExtendedTcpTable",
          "",
          "asking Windows for TCP sockets: a table of "
              + Math.max(0, rows)
              + " rows does not fit into the "
              + table.limit()
              + " bytes that it came in");
    }
    for (int row = 0; row < rows; row++) {
      add(table, layout.firstRow + row * layout.size, into);
    }
  }

  /**
   * A {@code MIB_TCPROW} that tells {@code SetTcpEntry} to drop a connection: the first five fields
   * of the row with an owner.
   */
  static ByteBuffer deletion(SocketColumns sockets, int row) {
    TcpRowLayout layout = TcpRowLayout.V4_OWNER_PID;
    ByteBuffer entry = ByteBuffer.allocateDirect(layout.pid).order(ByteOrder.nativeOrder());
    entry.putInt(layout.state, DELETE_TCB);
    entry.put(layout.localAddress, sockets.localAddress(row));
    entry.putInt(layout.localPort, bigEndian(sockets.localPort(row) << 16));
    entry.put(layout.remoteAddress, sockets.remoteAddress(row));
    entry.putInt(layout.remotePort, bigEndian(sockets.remotePort(row) << 16));
    return entry;
  }

  private void add(ByteBuffer table, int row, SocketColumnsBuilder into) {
    int number = table.getInt(row + layout.state);
    int state = state(number);
    // The remote end of a listener means nothing.
    boolean connected = state != LISTEN;
    int remotePort = connected ? port(table, row + layout.remotePort) : 0;
    if (!into.add(layout.v6, state, port(table, row + layout.localPort), remotePort)) {
      return;
    }
    int local = row + layout.localAddress;
    int remote = row + layout.remoteAddress;
    if (layout.v6) {
      into.addresses(
          network(table, local),
          network(table, local + Long.BYTES),
          connected ? network(table, remote) : 0,
          connected ? network(table, remote + Long.BYTES) : 0);
      into.attributes(0, table.getInt(row + layout.localScope), NO_MARK);
    } else {
      into.addresses(
          bigEndian(table.getInt(local)), connected ? bigEndian(table.getInt(remote)) : 0);
      into.attributes(0, 0, NO_MARK);
    }
    long creation = layout.creation < 0 ? 0 : table.getLong(row + layout.creation);
    into.identity(owner(table.getInt(row + layout.pid), state), creation);
  }

  private static int state(int number) {
    if (number > 0 && number < STATES.length) {
      return STATES[number];
    }
    boolean fits = number > 0 && number < SocketColumns.FOREIGN_STATE;
    return SocketColumns.FOREIGN_STATE | (fits ? number : 0);
  }

  private static int owner(int pid, int state) {
    if (pid != 0) {
      return pid;
    }
    return (CLOSING_STATES >>> state & 1) != 0 ? NO_OWNER : UNKNOWN_OWNER;
  }

  /** The upper two of its four bytes may hold anything. */
  private static int port(ByteBuffer table, int at) {
    return Byte.toUnsignedInt(table.get(at)) << 8 | Byte.toUnsignedInt(table.get(at + 1));
  }

  private static long network(ByteBuffer table, int at) {
    long value = table.getLong(at);
    return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Long.reverseBytes(value);
  }

  private static int bigEndian(int value) {
    return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value);
  }
}
