// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.Endpoint;
import io.tcptable.ListenAddress;
import io.tcptable.SocketKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The listeners that are known between two looks, by which pushed connections came in. */
final class KnownListeners {

  private record Known(ListenAddress address, TrackedSocket socket) {}

  private final Map<Integer, Map<SocketKey, Known>> byPort = new HashMap<>();

  /** There is a listener, or it is known better. */
  void put(ListenAddress address, TrackedSocket socket) {
    byPort
        .computeIfAbsent(address.port(), port -> new HashMap<>())
        .put(socket.socket.key(), new Known(address, socket));
  }

  void remove(TrackedSocket socket) {
    Map<SocketKey, Known> onPort = byPort.get(socket.socket.local().port());
    if (onPort != null) {
      onPort.remove(socket.socket.key());
      if (onPort.isEmpty()) {
        byPort.remove(socket.socket.local().port());
      }
    }
  }

  /**
   * The listener that takes connections to there: one of that very address rather than of all. Null
   * if several could be it, as those that share a port by {@code SO_REUSEPORT}.
   */
  @Nullable TrackedSocket of(Endpoint local) {
    Map<SocketKey, Known> onPort = byPort.get(local.port());
    if (onPort == null) {
      return null;
    }
    ListenAddress here = new ListenAddress(local.unmapped(), Optional.empty(), false);
    List<Known> exact = new ArrayList<>();
    List<Known> wildcard = new ArrayList<>();
    for (Known known : onPort.values()) {
      if (known.address().takes(here)) {
        (known.address().endpoint().isWildcard() ? wildcard : exact).add(known);
      }
    }
    List<Known> found = exact.isEmpty() ? wildcard : exact;
    return found.size() == 1 ? found.get(0).socket() : null;
  }
}
