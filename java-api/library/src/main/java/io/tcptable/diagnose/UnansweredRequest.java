// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.TcpDetail;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTimer;
import java.time.Duration;
import java.util.Optional;

/** How long a connection has waited for an answer to what was last sent on it. */
final class UnansweredRequest {

  /** Sooner than this any answer may be under way. */
  private static final Duration SHORTEST = Duration.ofMillis(300);

  /** When the kernel first sends a SYN again: {@code TCP_TIMEOUT_INIT} of {@code net/tcp.h}. */
  private static final Duration FIRST_TIMEOUT = Duration.ofSeconds(1);

  private UnansweredRequest() {}

  /** How long at least; empty if it does not wait, or not long enough to say so. */
  static Optional<Duration> age(TcpSocket socket) {
    Optional<Duration> age =
        socket.state() == TcpState.SYN_SENT
            ? socket
                .timer()
                .filter(it -> it.kind() == TcpTimer.Kind.RETRANSMIT)
                .map(it -> ofSyn(it))
            : socket
                .detail()
                .filter(it -> it.lastReceived().compareTo(it.lastSent()) >= 0)
                .map(TcpDetail::lastSent);
    return age.filter(it -> it.compareTo(SHORTEST) >= 0);
  }

  /**
   * Before anything was sent, the kernel keeps no time but that of its timer. It sends a SYN again
   * after 1, 3, 7, … seconds or, since Linux 6.5, at first each second.
   */
  static Duration ofSyn(TcpTimer timer) {
    int sent = Math.min(timer.retransmits(), 6);
    Duration doubled = FIRST_TIMEOUT.multipliedBy((2L << sent) - 1).minus(timer.remaining());
    Duration linear = FIRST_TIMEOUT.multipliedBy(sent + 1L).minus(timer.remaining());
    return timer.remaining().compareTo(FIRST_TIMEOUT) > 0 ? doubled : linear;
  }
}
