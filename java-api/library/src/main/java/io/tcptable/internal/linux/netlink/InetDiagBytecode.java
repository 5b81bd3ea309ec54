// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

import java.nio.ByteBuffer;

/**
 * Programs for the kernel's socket filter, from {@code INET_DIAG_REQ_BYTECODE} in {@code
 * linux/inet_diag.h}.
 *
 * <p>An operation has 4 bytes: code, bytes to go forward if true (u8), if false (u16). A comparison
 * is followed by a second one that only carries the port. The kernel accepts a socket when the
 * program ends exactly at its end, and refuses it when a jump leads 4 bytes beyond.
 */
final class InetDiagBytecode {

  /** Beyond this, filtering while decoding costs less than running the program on each socket. */
  static final int MOST_PORTS = 256;

  private static final int JMP = 1;
  private static final int S_GE = 2;
  private static final int S_LE = 3;
  private static final int D_GE = 4;
  private static final int D_LE = 5;

  private static final int OPERATION = 4;
  private static final int COMPARISON = 2 * OPERATION;
  private static final int BLOCK = 2 * COMPARISON + OPERATION;
  private static final int REFUSE = OPERATION;

  private InetDiagBytecode() {}

  /** Accepts any of several local ports. Returns the length of the program. */
  static int put(ByteBuffer bytes, int offset, int[] ports) {
    int end = offset + ports.length * BLOCK - OPERATION;
    int at = offset;
    for (int i = 0; i < ports.length; i++) {
      boolean last = i == ports.length - 1;
      int next = last ? end + REFUSE : at + BLOCK;
      compare(bytes, at, S_GE, ports[i], next);
      compare(bytes, at + COMPARISON, S_LE, ports[i], next);
      if (!last) {
        int jump = at + 2 * COMPARISON;
        operation(bytes, jump, JMP, OPERATION, end - jump);
      }
      at += BLOCK;
    }
    return end - offset;
  }

  /** Accepts one half of all sockets. Returns the length of the program. */
  static int putPart(ByteBuffer bytes, int offset, DumpPart part) {
    int high = DumpPart.FIRST_HIGH_PORT;
    boolean one = part == DumpPart.ONE_HIGH_PORT;
    int otherwise = offset + 2 * COMPARISON + OPERATION;
    int end = otherwise + COMPARISON;
    compare(bytes, offset, S_GE, high, otherwise);
    compareRemote(bytes, offset + COMPARISON, !one, end + REFUSE);
    operation(bytes, offset + 2 * COMPARISON, JMP, OPERATION, end - offset - 2 * COMPARISON);
    compareRemote(bytes, otherwise, one, end + REFUSE);
    return end - offset;
  }

  private static void compareRemote(ByteBuffer bytes, int at, boolean isHigh, int otherwise) {
    int high = DumpPart.FIRST_HIGH_PORT;
    compare(bytes, at, isHigh ? D_GE : D_LE, isHigh ? high : high - 1, otherwise);
  }

  private static void compare(ByteBuffer bytes, int at, int code, int port, int otherwise) {
    operation(bytes, at, code, COMPARISON, otherwise - at);
    operation(bytes, at + OPERATION, 0, 0, port);
  }

  private static void operation(ByteBuffer bytes, int at, int code, int yes, int no) {
    bytes.put(at, (byte) code);
    bytes.put(at + 1, (byte) yes);
    bytes.putShort(at + 2, (short) no);
  }
}
