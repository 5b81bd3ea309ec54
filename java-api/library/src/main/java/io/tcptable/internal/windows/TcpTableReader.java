// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

import io.tcptable.internal.binding.WindowsCalls;
import java.nio.ByteBuffer;

/** Asks {@code GetExtendedTcpTable} for a table as a whole. Safe for use by many threads. */
final class TcpTableReader {

  static final int AF_INET = 2;
  static final int AF_INET6 = 23;

  /** Of {@code TCP_TABLE_CLASS}. */
  static final int OWNER_PID_LISTENER = 3;

  static final int OWNER_PID_ALL = 5;
  static final int OWNER_MODULE_LISTENER = 6;
  static final int OWNER_MODULE_ALL = 8;

  private static final String WHAT = "asking Windows for TCP sockets";
  private static final int UNSORTED = 0;

  private final WindowsCalls calls;

  TcpTableReader(WindowsCalls calls) {
    this.calls = calls;
  }

  /**
   * The table, in this buffer.
   *
   * @throws io.tcptable.internal.platform.SourceException if Windows refuses
   */
  ByteBuffer read(int family, int tableClass, GrowingBuffer buffer) {
    int result = -Win32Error.INSUFFICIENT_BUFFER;
    for (int attempt = 0; attempt < GrowingBuffer.MOST_ATTEMPTS; attempt++) {
      ByteBuffer size = buffer.size();
      result = calls.GetExtendedTcpTable(buffer.bytes(), size, UNSORTED, family, tableClass);
      if (result == 0) {
        return buffer.filled();
      }
      if (result == -Win32Error.NOT_SUPPORTED && family == AF_INET6) {
        // There is no IPv6 here.
        return buffer.empty();
      }
      if (result == -Win32Error.OUTOFMEMORY) {
        // Wine says so, too, if the table grew at each of its own attempts.
        continue;
      }
      if (result != -Win32Error.INSUFFICIENT_BUFFER) {
        throw Win32Error.failure("GetExtendedTcpTable", result, WHAT);
      }
      buffer.grow();
    }
    throw Win32Error.failure("GetExtendedTcpTable", result, WHAT);
  }
}
