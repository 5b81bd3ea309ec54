// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.SocketKey;
import io.tcptable.TcpSocket;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** Which accept queues are filled beyond a share of their limit. */
final class AcceptQueues {

  private final double share;
  private Set<SocketKey> filled = new HashSet<>();

  AcceptQueues(double share) {
    this.share = share;
  }

  /** Tells of those that were not filled at the look before. */
  void look(Look look, Consumer<TcpEvent> events) {
    Set<SocketKey> now = new HashSet<>();
    for (TcpSocket listener : look.table().listeners()) {
      OptionalLong waiting = listener.receiveQueue();
      OptionalLong limit = listener.sendQueue();
      if (waiting.isPresent()
          && limit.isPresent()
          && waiting.getAsLong() > 0
          && waiting.getAsLong() >= share * limit.getAsLong()) {
        SocketKey key = listener.key();
        now.add(key);
        if (!filled.contains(key)) {
          events.accept(
              new TcpEvent.AcceptQueueFilled(
                  look.at(),
                  TcpEvent.KnownBy.BETWEEN_LOOKS,
                  WatchedSocket.of(listener),
                  waiting.getAsLong(),
                  limit.getAsLong()));
        }
      }
    }
    filled = now;
  }
}
