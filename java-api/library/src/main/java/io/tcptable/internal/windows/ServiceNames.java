// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.binding.CallBuffer;
import io.tcptable.internal.binding.WindowsCalls;
import io.tcptable.internal.concurrent.Pool;
import io.tcptable.internal.table.ProcessIdentity;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which services a process runs, known by the sockets that they have made: a process such as {@code
 * svchost.exe} may run several. Safe for use by many threads.
 */
final class ServiceNames {

  /** Of {@code TCPIP_OWNER_MODULE_INFO_CLASS}. */
  private static final int BASIC = 0;

  private final WindowsCalls calls;
  private final TcpTableReader tables;
  private final Pool<GrowingBuffer> buffers = new Pool<>(GrowingBuffer::new);

  ServiceNames(WindowsCalls calls) {
    this.calls = calls;
    this.tables = new TcpTableReader(calls);
  }

  /** The names of those that have a TCP socket, in order; none if Windows does not tell. */
  List<String> of(ProcessIdentity process) {
    Set<String> names = new TreeSet<>();
    GrowingBuffer table = buffers.take();
    GrowingBuffer module = buffers.take();
    for (TcpRowLayout layout :
        new TcpRowLayout[] {TcpRowLayout.V4_OWNER_MODULE, TcpRowLayout.V6_OWNER_MODULE}) {
      int family = layout.v6 ? TcpTableReader.AF_INET6 : TcpTableReader.AF_INET;
      ByteBuffer rows = tables.read(family, TcpTableReader.OWNER_MODULE_ALL, table);
      Set<Long> seen = new HashSet<>();
      for (int at = layout.firstRow; at + layout.size <= rows.limit(); at += layout.size) {
        if (isOf(rows, at, layout, process) && seen.add(rows.getLong(at + layout.service))) {
          name(row(rows, at, layout), layout.v6, module).ifPresent(names::add);
        }
      }
    }
    buffers.giveBack(table);
    buffers.giveBack(module);
    return List.copyOf(names);
  }

  /** Made by a service, and since this very process started. */
  private static boolean isOf(
      ByteBuffer rows, int at, TcpRowLayout layout, ProcessIdentity process) {
    long creation = rows.getLong(at + layout.creation);
    return rows.getInt(at + layout.pid) == process.pid()
        && rows.getLong(at + layout.service) != 0
        && (creation == 0 || creation >= process.start());
  }

  private static ByteBuffer row(ByteBuffer rows, int at, TcpRowLayout layout) {
    ByteBuffer row = CallBuffer.allocate(layout.size);
    return row.put(0, rows, at, layout.size);
  }

  private Optional<String> name(ByteBuffer row, boolean v6, GrowingBuffer module) {
    for (int attempt = 0; attempt < GrowingBuffer.MOST_ATTEMPTS; attempt++) {
      ByteBuffer size = module.size();
      int result =
          v6
              ? calls.GetOwnerModuleFromTcp6Entry(row, BASIC, module.bytes(), size)
              : calls.GetOwnerModuleFromTcpEntry(row, BASIC, module.bytes(), size);
      if (result == 0) {
        return OwnerModuleCodec.name(module.filled());
      }
      if (result != -Win32Error.INSUFFICIENT_BUFFER) {
        return Optional.empty();
      }
      module.grow();
    }
    return Optional.empty();
  }
}
