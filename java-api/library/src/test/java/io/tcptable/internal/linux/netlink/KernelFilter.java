// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

import java.nio.ByteBuffer;

/** Runs the program of a request on a socket as {@code inet_diag_bc_run} of the kernel does. */
final class KernelFilter {

  private static final int BYTECODE_OF_BOTH = Netlink.HEADER_SIZE + 60;

  private KernelFilter() {}

  /** Whether a request for both families asks for a socket with these ports. */
  static boolean accepts(ByteBuffer request, int localPort, int remotePort) {
    if (request.limit() == BYTECODE_OF_BOTH) {
      return true;
    }
    int length = request.getShort(BYTECODE_OF_BOTH) - 4;
    return accepts(request, BYTECODE_OF_BOTH + 4, length, localPort, remotePort);
  }

  static boolean accepts(ByteBuffer program, int from, int length, int localPort, int remotePort) {
    int at = from;
    int left = length;
    while (left > 0) {
      int operation = program.get(at);
      boolean yes =
          operation != 1 && holds(operation, argument(program, at), localPort, remotePort);
      int step =
          yes
              ? Byte.toUnsignedInt(program.get(at + 1))
              : Short.toUnsignedInt(program.getShort(at + 2));
      at += step;
      left -= step;
    }
    return left == 0;
  }

  private static int argument(ByteBuffer program, int at) {
    return Short.toUnsignedInt(program.getShort(at + 4 + 2));
  }

  private static boolean holds(int operation, int argument, int localPort, int remotePort) {
    return switch (operation) {
      case 2 -> localPort >= argument;
      case 3 -> localPort <= argument;
      case 4 -> remotePort >= argument;
      case 5 -> remotePort <= argument;
      default -> throw new AssertionError("operation " + operation);
    };
  }
}
