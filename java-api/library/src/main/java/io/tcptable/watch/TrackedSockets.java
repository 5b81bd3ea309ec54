// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.ListenAddress;
import io.tcptable.SocketKey;
import io.tcptable.TcpSocket;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sockets that are known where each change of a state is pushed, with those among them that are
 * listeners or in CLOSE_WAIT. For one thread.
 */
final class TrackedSockets {

  private final Map<SocketKey, TrackedSocket> sockets = new HashMap<>();
  private final KnownListeners listeners = new KnownListeners();
  private final CloseWaits closeWaits;

  TrackedSockets(CloseWaits closeWaits) {
    this.closeWaits = closeWaits;
  }

  @Nullable TrackedSocket get(SocketKey key) {
    return sockets.get(key);
  }

  Collection<TrackedSocket> all() {
    return sockets.values();
  }

  Set<SocketKey> keys() {
    return sockets.keySet();
  }

  KnownListeners listeners() {
    return listeners;
  }

  /** Begins to track a socket. */
  void track(TrackedSocket socket) {
    sockets.put(socket.socket.key(), socket);
    if (CloseWaits.isOne(socket.socket)) {
      closeWaits.came(socket.socket.key(), socket, socket.firstSeen());
    }
  }

  /** A tracked socket is in another state since that time. */
  void set(TrackedSocket known, WatchedSocket now, long nanos) {
    boolean waited = CloseWaits.isOne(known.socket);
    known.socket = now;
    boolean waits = CloseWaits.isOne(now);
    if (waits && !waited) {
      closeWaits.came(now.key(), known, nanos);
    } else if (waited && !waits) {
      closeWaits.left(now.key());
    }
  }

  /** Stops tracking a socket that has ended. */
  void forget(TrackedSocket socket) {
    SocketKey key = socket.socket.key();
    sockets.remove(key);
    closeWaits.left(key);
    listeners.remove(socket);
  }

  /** A look has seen it: what that knows counts, but for the state, which was pushed. */
  void lookedAt(TrackedSocket known, TcpSocket seen) {
    known.isLookedAt = true;
    known.socket = WatchedSocket.of(seen).in(known.socket.state(), seen.local(), seen.remote());
    rememberListener(known, seen);
  }

  /** If it is a listener, it is known where connections to it go. */
  void rememberListener(TrackedSocket tracked, TcpSocket socket) {
    if (tracked.isListener() && socket.localPort() != 0) {
      listeners.put(ListenAddress.of(socket), tracked);
    }
  }

  /** Since when a socket of a table is known. */
  long firstSeen(TcpSocket socket) {
    TrackedSocket known = sockets.get(socket.key());
    return known == null ? Long.MIN_VALUE : known.firstSeen();
  }
}
