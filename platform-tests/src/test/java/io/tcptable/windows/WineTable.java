// SPDX-License-Identifier: Apache-2.0
package io.tcptable.windows;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/** What Wine fills in for {@code GetExtendedTcpTable}. */
final class WineTable {

  private static final int AF_INET = 2;
  private static final int OWNER_MODULE_LISTENER = 6;
  private static final int LISTEN = 2;

  private final ByteBuffer bytes;
  private final int first;
  private final int size;
  private final int state;
  private final int pid;

  WineTable(ByteBuffer bytes, int family, int tableClass) {
    boolean isV4 = family == AF_INET;
    boolean hasModules = tableClass >= OWNER_MODULE_LISTENER;
    this.bytes = bytes;
    state = isV4 ? 0 : 48;
    // The last of the first fields.
    pid = isV4 ? 20 : 52;
    size = hasModules ? (isV4 ? 160 : 192) : pid + Integer.BYTES;
    first = hasModules ? 8 : 4;
  }

  /** Where each row has its PID. */
  int[] pids() {
    int[] at = new int[bytes.getInt(0)];
    for (int row = 0; row < at.length; row++) {
      at[row] = first + row * size + pid;
    }
    return at;
  }

  /**
   * Wine reads {@code /proc/net/tcp}, where Linux may tell a connection again while others come and
   * go. Windows does not, and no two connections have the same ends.
   */
  void leaveOutRepeated() {
    Set<ByteBuffer> told = new HashSet<>();
    int kept = 0;
    int rows = bytes.getInt(0);
    for (int row = 0; row < rows; row++) {
      int at = first + row * size;
      byte[] copy = new byte[size];
      bytes.get(at, copy);
      if (bytes.getInt(at + state) == LISTEN || told.add(ByteBuffer.wrap(copy))) {
        bytes.put(first + kept * size, copy);
        kept++;
      }
    }
    bytes.putInt(0, kept);
  }
}
