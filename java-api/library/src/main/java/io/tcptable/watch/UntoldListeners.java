// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.SocketKey;
import java.util.HashMap;
import java.util.Map;

/** Listeners that are told once a look knows their owners, or something happens to them. */
final class UntoldListeners {

  private final Map<SocketKey, PushedState> untold = new HashMap<>();
  private final StateEvents events;

  UntoldListeners(StateEvents events) {
    this.events = events;
  }

  /** A socket listens, as was pushed. */
  void add(PushedState change) {
    untold.put(change.key(), change);
  }

  boolean contains(TrackedSocket socket) {
    return untold.containsKey(socket.socket.key());
  }

  /** Tells it as it is known now, unless it was told. */
  void tell(TrackedSocket socket) {
    PushedState opened = untold.remove(socket.socket.key());
    if (opened != null) {
      events.listenerOpened(socket.socket, opened);
    }
  }
}
