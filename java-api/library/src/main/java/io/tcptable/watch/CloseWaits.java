// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.SocketKey;
import io.tcptable.TcpState;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Which connections have been in CLOSE_WAIT for too long. */
final class CloseWaits {

  private final Duration limit;

  /** Those that were not told of, oldest first. */
  private final Map<SocketKey, TrackedSocket> waiting = new LinkedHashMap<>();

  CloseWaits(Duration limit) {
    this.limit = limit;
  }

  static boolean isOne(WatchedSocket socket) {
    return socket.state() == TcpState.CLOSE_WAIT;
  }

  /** A socket was found in CLOSE_WAIT that was not. */
  void came(SocketKey key, TrackedSocket socket, Look look) {
    came(key, socket, look.end());
  }

  /** A socket came into CLOSE_WAIT at that time. */
  void came(SocketKey key, TrackedSocket socket, long nanos) {
    socket.closeWaitSince = nanos;
    waiting.put(key, socket);
  }

  /** A socket is in another state, or gone. */
  void left(SocketKey key) {
    waiting.remove(key);
  }

  /** A socket has another key from now on. */
  void renamed(SocketKey was, SocketKey key) {
    TrackedSocket socket = waiting.remove(was);
    if (socket != null) {
      waiting.put(key, socket);
    }
  }

  void keep(Collection<SocketKey> keys) {
    waiting.keySet().retainAll(keys);
  }

  /** Tells of those that are too old now, once. */
  void look(Look look, Consumer<TcpEvent> events) {
    List<SocketKey> aged =
        waiting.entrySet().stream()
            .takeWhile(it -> age(it.getValue(), look).compareTo(limit) >= 0)
            .map(Map.Entry::getKey)
            .toList();
    for (SocketKey key : aged) {
      TrackedSocket socket = waiting.remove(key);
      if (socket != null) {
        events.accept(
            new TcpEvent.CloseWaitAged(
                look.at(), TcpEvent.KnownBy.BETWEEN_LOOKS, socket.socket, age(socket, look)));
      }
    }
  }

  private static Duration age(TrackedSocket socket, Look look) {
    return Duration.ofNanos(look.begin() - socket.closeWaitSince);
  }
}
