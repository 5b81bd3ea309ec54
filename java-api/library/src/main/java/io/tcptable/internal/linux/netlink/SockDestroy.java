// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.netlink;

import io.tcptable.internal.binding.LinuxCalls;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.linux.kernel.OwnRights;
import io.tcptable.internal.platform.Restriction;
import io.tcptable.internal.platform.Right;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.platform.SourceException.Kind;
import io.tcptable.internal.table.SocketColumns;
import io.tcptable.internal.table.StateNumber;

/**
 * Drops one connection by {@code SOCK_DESTROY} of {@code linux/sock_diag.h}, as {@code ss -K} does.
 *
 * <p>The kernel resets the connection, and its owner gets {@code ECONNABORTED}. It must have been
 * built with {@code CONFIG_INET_DIAG_DESTROY}, and the user must have CAP_NET_ADMIN in the network
 * namespace.
 */
final class SockDestroy {

  private static final String WHAT = "dropping a connection";

  /** An error message repeats the request. */
  private static final int REPLY_CAPACITY = 2 * SockDiagRequest.CAPACITY;

  private final SockDiagExchange exchange;

  SockDestroy(LinuxCalls calls) {
    exchange = new SockDiagExchange(calls, WHAT, REPLY_CAPACITY);
  }

  /**
   * Drops a connection.
   *
   * @return whether there was still one to drop
   * @throws SourceException if the kernel refuses, or does not say what it did
   */
  boolean of(SocketColumns sockets, int row, int sequence) {
    SockDiagRequest.putDestruction(sockets, row, sequence, exchange.request());
    int error;
    try {
      exchange.send();
      error = answer();
    } finally {
      exchange.end();
    }
    return switch (error) {
      case 0 -> true;
      case -Errno.ENOENT -> false;
      default -> throw refusal(error, sockets.state(row));
    };
  }

  /** The result as the kernel tells it: 0 or {@code -errno}. */
  private int answer() {
    while (true) {
      int length = exchange.receive();
      if (length == -Errno.ENOBUFS) {
        throw Errno.failure("recvfrom", length, WHAT);
      }
      if (length == 0) {
        throw new SourceException(
            "recvfrom", "", WHAT + ": the kernel did not say whether it was dropped");
      }
      try {
        int end = Netlink.messageSize(exchange.reply(), 0, length);
        if (exchange.isAnswer(0)) {
          int type = Netlink.unsignedShort(exchange.reply(), Netlink.TYPE_OFFSET);
          if (type != Netlink.NLMSG_ERROR) {
            throw new MalformedDumpException("a message of type " + type);
          }
          return Netlink.error(exchange.reply(), 0, end);
        }
      } catch (MalformedDumpException e) {
        throw exchange.malformed(e);
      }
    }
  }

  static String refused(OwnRights own) {
    return own.restriction(Right.DROP_CONNECTIONS)
        .map(Restriction::reason)
        .orElse("this user may not; it takes root or CAP_NET_ADMIN");
  }

  /** Kernels older than this kind of request find it invalid. */
  private static SourceException refusal(int error, int state) {
    return switch (-error) {
      case Errno.EPERM, Errno.EACCES ->
          refusal(Kind.PERMISSION, error, refused(OwnRights.current()));
      case Errno.EOPNOTSUPP, Errno.EINVAL ->
          refusal(
              Kind.UNSUPPORTED,
              error,
              state == StateNumber.TIME_WAIT
                  ? "this kernel drops none in TIME_WAIT, which ends by itself within a minute"
                  : "this kernel does not offer it: it lacks CONFIG_INET_DIAG_DESTROY");
      default -> Errno.failure("sock_diag", error, WHAT);
    };
  }

  private static SourceException refusal(Kind kind, int error, String advice) {
    return Errno.failure(kind, "sock_diag", error, WHAT, advice);
  }
}
