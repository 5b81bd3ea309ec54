// SPDX-License-Identifier: Apache-2.0
package io.tcptable.binding;

import java.nio.ByteBuffer;

/** Messages to the kernel by netlink. */
final class Requests {

  private static final int INET_DIAG = 20;
  private static final int NLM_F_REQUEST = 1;
  private static final int NLM_F_ACK = 4;
  private static final int NLM_F_DUMP = 0x300;
  private static final int LENGTH = 72;

  private Requests() {}

  /** A message of a type that does not exist: the kernel answers with an error and a copy. */
  static ByteBuffer refused() {
    return header(32, 9999, NLM_F_REQUEST | NLM_F_ACK);
  }

  /** All IPv4 TCP sockets on one local port, of {@code struct inet_diag_req_v2}. */
  static ByteBuffer dump(int localPort) {
    ByteBuffer request = header(LENGTH, INET_DIAG, NLM_F_REQUEST | NLM_F_DUMP);
    request.put(16, (byte) Numbers.AF_INET).put(17, (byte) 6).putInt(20, -1);
    return request.put(24, (byte) (localPort >> 8)).put(25, (byte) localPort);
  }

  private static ByteBuffer header(int length, int type, int flags) {
    ByteBuffer request = Buffers.untouched(length);
    for (int i = 0; i < length; i++) {
      request.put(i, (byte) 0);
    }
    return request
        .putInt(0, length)
        .putShort(4, (short) type)
        .putShort(6, (short) flags)
        .putInt(8, 1);
  }
}
