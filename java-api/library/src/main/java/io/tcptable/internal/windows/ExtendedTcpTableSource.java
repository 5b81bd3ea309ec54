// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.WindowsCalls;
import io.tcptable.internal.concurrent.Pool;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.platform.SourceException.Kind;
import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.SocketColumns.Column;
import io.tcptable.internal.table.SocketColumnsBuilder;
import io.tcptable.internal.table.SocketFilter;
import io.tcptable.internal.table.SocketSource;
import io.tcptable.internal.table.StateNumber;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;

/**
 * TCP sockets by {@code GetExtendedTcpTable}. Windows tells neither queues nor users nor timers,
 * and filters nothing but listeners.
 */
final class ExtendedTcpTableSource implements SocketSource {

  static final String NAME = "iphlpapi";

  private static final String DROPPING = "dropping a connection";

  /** Nothing can bind a Windows socket to an interface but a scoped address. */
  private static final Set<Column> FILLS = EnumSet.of(Column.INTERFACE, Column.PID);

  private static final Set<Column> FILLS_FOR_OWNERS =
      EnumSet.of(Column.INTERFACE, Column.PID, Column.CREATION);

  private static final int LISTEN = StateNumber.mask(StateNumber.LISTEN);

  private static final TcpTableCodec V4 = new TcpTableCodec(TcpRowLayout.V4_OWNER_PID);
  private static final TcpTableCodec V6 = new TcpTableCodec(TcpRowLayout.V6_OWNER_PID);
  private static final TcpTableCodec V4_MODULE = new TcpTableCodec(TcpRowLayout.V4_OWNER_MODULE);
  private static final TcpTableCodec V6_MODULE = new TcpTableCodec(TcpRowLayout.V6_OWNER_MODULE);

  private final WindowsCalls calls;
  private final TcpTableReader tables;
  private final Pool<GrowingBuffer> buffers = new Pool<>(GrowingBuffer::new);

  ExtendedTcpTableSource(WindowsCalls calls) {
    this.calls = calls;
    this.tables = new TcpTableReader(calls);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void read(SocketFilter filter, SocketColumnsBuilder into) {
    boolean owners = filter.owners();
    int tableClass = tableClass(owners, filter.states() == LISTEN);
    GrowingBuffer buffer = buffers.take();
    into.start(filter, owners ? FILLS_FOR_OWNERS : FILLS);
    if (filter.ipv4()) {
      (owners ? V4_MODULE : V4)
          .decode(tables.read(TcpTableReader.AF_INET, tableClass, buffer), into);
    }
    if (filter.ipv6()) {
      (owners ? V6_MODULE : V6)
          .decode(tables.read(TcpTableReader.AF_INET6, tableClass, buffer), into);
    }
    buffers.giveBack(buffer);
  }

  /** Rows that also tell when the socket was made are longer: 160 bytes, not 24, for IPv4. */
  private static int tableClass(boolean owners, boolean listeners) {
    if (owners) {
      return listeners ? TcpTableReader.OWNER_MODULE_LISTENER : TcpTableReader.OWNER_MODULE_ALL;
    }
    return listeners ? TcpTableReader.OWNER_PID_LISTENER : TcpTableReader.OWNER_PID_ALL;
  }

  /** By {@code SetTcpEntry}, which knows a connection by nothing but its addresses. */
  @Override
  public boolean drop(SocketColumns sockets, int row) {
    if (sockets.isV6(row)) {
      throw new SourceException(
          Kind.UNSUPPORTED,
          "",
          "",
          DROPPING + ": Windows offers it for IPv4 only; terminate its owner instead");
    }
    ByteBuffer entry = CallBuffer.allocate(TcpTableCodec.DELETION_SIZE);
    TcpTableCodec.putDeletion(sockets, row, entry);
    int result = calls.SetTcpEntry(entry);
    return switch (-result) {
      case 0 -> true;
      case Win32Error.FILE_NOT_FOUND, Win32Error.NOT_FOUND -> false;
      case Win32Error.INVALID_PARAMETER ->
          throw Win32Error.failure(
              "SetTcpEntry",
              result,
              DROPPING,
              "it is gone, or in a state in which Windows does not drop it");
      default -> throw Win32Error.failure("SetTcpEntry", result, DROPPING);
    };
  }
}
