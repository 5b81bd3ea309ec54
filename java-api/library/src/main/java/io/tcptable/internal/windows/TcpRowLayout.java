// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.windows;

/**
 * Where the fields of a row are in the tables of {@code GetExtendedTcpTable}, from {@code
 * tcpmib.h}. The rows with a time of creation, which is 8 bytes wide, are aligned to 8 bytes.
 *
 * <pre>
 * MIB_TCPROW_OWNER_PID       0 state, 4 local address, 8 port, 12 remote address, 16 port, 20 PID
 * MIB_TCPROW_OWNER_MODULE    the same, 24 time of creation, 32 module (16 * 8)
 * MIB_TCP6ROW_OWNER_PID      0 local address, 16 scope, 20 port, 24 remote address, 40 scope,
 *                            44 port, 48 state, 52 PID
 * MIB_TCP6ROW_OWNER_MODULE   the same, 56 time of creation, 64 module (16 * 8)
 * </pre>
 */
enum TcpRowLayout {
  V4_OWNER_PID(false, 4, 24),
  V4_OWNER_MODULE(false, 8, 160),
  V6_OWNER_PID(true, 4, 56),
  V6_OWNER_MODULE(true, 8, 192);

  private static final int ABSENT = -1;

  final boolean v6;

  /** Where the first row is, behind the number of rows. */
  final int firstRow;

  final int size;
  final int state;
  final int localAddress;
  final int localScope;
  final int localPort;
  final int remoteAddress;
  final int remotePort;
  final int pid;

  /** When the socket was made, a {@code FILETIME}; below zero if the row does not tell. */
  final int creation;

  /** The number of the service that made it, 0 if none did; below zero if the row does not tell. */
  final int service;

  TcpRowLayout(boolean v6, int firstRow, int size) {
    this.v6 = v6;
    this.firstRow = firstRow;
    this.size = size;
    state = v6 ? 48 : 0;
    localAddress = v6 ? 0 : 4;
    localScope = v6 ? 16 : ABSENT;
    localPort = v6 ? 20 : 8;
    remoteAddress = v6 ? 24 : 12;
    remotePort = v6 ? 44 : 16;
    pid = v6 ? 52 : 20;
    boolean module = firstRow == Long.BYTES;
    creation = module ? (v6 ? 56 : 24) : ABSENT;
    service = module ? creation + Long.BYTES : ABSENT;
  }
}
