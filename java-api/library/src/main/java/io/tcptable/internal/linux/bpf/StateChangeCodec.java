// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.bpf;

import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.platform.StateChange;
import io.tcptable.internal.platform.StateChange.Cause;
import java.nio.ByteBuffer;

/**
 * Reads {@code struct tcpt_state_change}, as {@code native/src/main/c/linux/bpf/state_changes.h}
 * has it. Its time is CLOCK_MONOTONIC, which is System.nanoTime() on Linux.
 */
final class StateChangeCodec {

  static final int LENGTH = 64;

  private static final int NANOS = 0;
  private static final int COOKIE = 8;
  private static final int FAMILY = 16;
  private static final int BEFORE = 17;
  private static final int AFTER = 18;
  private static final int LOCAL_PORT = 20;
  private static final int REMOTE_PORT = 22;
  private static final int ERROR = 24;
  private static final int LOCAL = 32;
  private static final int REMOTE = 48;

  private static final int AF_INET6 = 10;
  private static final int V4_SIZE = 4;
  private static final int V6_SIZE = 16;

  private StateChangeCodec() {}

  static StateChange decode(ByteBuffer bytes, int at) {
    byte[] local = new byte[bytes.get(at + FAMILY) == AF_INET6 ? V6_SIZE : V4_SIZE];
    byte[] remote = new byte[local.length];
    bytes.get(at + LOCAL, local);
    bytes.get(at + REMOTE, remote);
    return new StateChange(
        bytes.getLong(at + COOKIE),
        bytes.get(at + BEFORE),
        bytes.get(at + AFTER),
        local,
        Short.toUnsignedInt(bytes.getShort(at + LOCAL_PORT)),
        remote,
        Short.toUnsignedInt(bytes.getShort(at + REMOTE_PORT)),
        bytes.getLong(at + NANOS),
        cause(bytes.getInt(at + ERROR)));
  }

  private static Cause cause(int errno) {
    return switch (errno) {
      case 0 -> Cause.NONE;
      case Errno.ECONNRESET, Errno.ECONNREFUSED, Errno.EPIPE -> Cause.RESET_BY_PEER;
      case Errno.ETIMEDOUT, Errno.EHOSTUNREACH, Errno.ENETUNREACH -> Cause.TIMED_OUT;
      default -> Cause.OTHER;
    };
  }
}
