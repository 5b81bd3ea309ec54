// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import static io.tcptable.internal.table.StateNumber.CLOSED;
import static io.tcptable.internal.table.StateNumber.CLOSE_WAIT;
import static io.tcptable.internal.table.StateNumber.CLOSING;
import static io.tcptable.internal.table.StateNumber.ESTABLISHED;
import static io.tcptable.internal.table.StateNumber.FIN_WAIT_1;
import static io.tcptable.internal.table.StateNumber.FIN_WAIT_2;
import static io.tcptable.internal.table.StateNumber.LAST_ACK;
import static io.tcptable.internal.table.StateNumber.LISTEN;
import static io.tcptable.internal.table.StateNumber.SYN_RECEIVED;
import static io.tcptable.internal.table.StateNumber.SYN_SENT;
import static io.tcptable.internal.table.StateNumber.TIME_WAIT;

import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.StateNumber;
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

  /** By {@code MIB_TCP_STATE}, from 1 on; the last one is DELETE_TCB. */
  private static final int[] STATES = {
    0,
    CLOSED,
    LISTEN,
    SYN_SENT,
    SYN_RECEIVED,
    ESTABLISHED,
    FIN_WAIT_1,
    FIN_WAIT_2,
    CLOSE_WAIT,
    CLOSING,
    LAST_ACK,
    TIME_WAIT,
    CLOSED
  };

  /** Of {@code MIB_TCP_STATE}. */
  private static final int DELETE_TCB = 12;

  /** In these the process may have closed the socket. */
  private static final int CLOSING_STATES =
      StateNumber.mask(FIN_WAIT_1, FIN_WAIT_2, TIME_WAIT, CLOSED, LAST_ACK, CLOSING);

  /** No process has the socket. */
  private static final int NO_OWNER = 0;

  /** A process has it, but Windows does not tell which; no process has this PID. */
  static final int UNKNOWN_OWNER = -1;

  static final int DELETION_SIZE = TcpRowLayout.V4_OWNER_PID.pid;

  private static final long NO_MARK = -1;

  private static final int HIGHEST_INTERFACE = 0xFFFF;

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
   * Writes a {@code MIB_TCPROW} that tells {@code SetTcpEntry} to drop a connection: the first five
   * fields of the row with an owner.
   *
   * @param entry of {@link #DELETION_SIZE} bytes
   */
  static void putDeletion(SocketColumns sockets, int row, ByteBuffer entry) {
    TcpRowLayout layout = TcpRowLayout.V4_OWNER_PID;
    entry.putInt(layout.state, DELETE_TCB);
    entry.put(layout.localAddress, sockets.localAddress(row));
    entry.putInt(layout.localPort, bigEndian(sockets.localPort(row) << 16));
    entry.put(layout.remoteAddress, sockets.remoteAddress(row));
    entry.putInt(layout.remotePort, bigEndian(sockets.remotePort(row) << 16));
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
      into.attributes(0, interfaceIndex(table.getInt(row + layout.localScope)), NO_MARK);
    } else {
      into.addresses(
          bigEndian(table.getInt(local)), connected ? bigEndian(table.getInt(remote)) : 0);
      into.attributes(0, 0, NO_MARK);
    }
    long creation = layout.creation < 0 ? 0 : table.getLong(row + layout.creation);
    into.identity(owner(table.getInt(row + layout.pid), state), creation);
  }

  /**
   * The interface of a scope, 0 if there is none or it is not known. {@code MIB_TCP6ROW_OWNER_PID}
   * is documented to have it in network byte order, and programs such as .NET read it in the
   * machine's. Interfaces have small numbers, so that only one of the two can be meant.
   */
  private static int interfaceIndex(int scope) {
    int reversed = bigEndian(scope);
    return isInterface(scope) ? scope : isInterface(reversed) ? reversed : 0;
  }

  private static boolean isInterface(int index) {
    return index > 0 && index <= HIGHEST_INTERFACE;
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
