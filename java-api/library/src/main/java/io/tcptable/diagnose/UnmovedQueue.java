// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.TcpState;
import io.tcptable.diagnose.SocketEvidence.Previous;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** Bytes that stay in the queue of a connection from one sample to the next. */
final class UnmovedQueue {

  /** Fewer connections may be in the middle of being closed or read. */
  static final int FEWEST = 5;

  /** A busy server always has some clients that are slow or gone: one in so many. */
  private static final int SMALL_PART = 20;

  private UnmovedQueue() {}

  /** Whether so few of the established connections are concerned that it means nothing. */
  static boolean isSmallPart(List<SocketEvidence> some, Observations observed) {
    int established = observed.sockets(s -> s.state() == TcpState.ESTABLISHED).size();
    return SMALL_PART * some.size() < established;
  }

  /** How many bytes were in a queue at the first sample; 0 if not known. */
  static long before(SocketEvidence socket, Function<Previous, OptionalLong> queue) {
    return socket.before().map(queue).orElse(OptionalLong.empty()).orElse(0);
  }

  /** Whether there were bytes before, and there are no fewer now. */
  static boolean isLeft(OptionalLong now, long before) {
    return before > 0 && now.orElse(0) >= before;
  }

  /** The longest time without data; no connection has been in its state for longer. */
  static OptionalLong oldestMillis(List<SocketEvidence> sockets) {
    return sockets.stream()
        .flatMap(socket -> socket.lastReceived().stream())
        .mapToLong(Duration::toMillis)
        .max();
  }
}
