// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.Ownership;
import io.tcptable.SocketKey;
import io.tcptable.TableChanges;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares looks with what was pushed: tells owners and accepted connections, which no push does,
 * and what got lost on the way.
 */
final class LookReconciler {

  private final TrackedSockets tracked;
  private final UntoldListeners untold;
  private final Map<SocketKey, PushedState> connecting;
  private final Set<SocketKey> endedMeanwhile;
  private final StateEvents events;

  /** Those that the last look did not find, without a push. */
  private final Set<SocketKey> missing = new HashSet<>();

  /**
   * @param connecting what was pushed of sockets that had no local port then
   * @param endedMeanwhile those that ended since the look began, which may still have seen them
   */
  LookReconciler(
      TrackedSockets tracked,
      UntoldListeners untold,
      Map<SocketKey, PushedState> connecting,
      Set<SocketKey> endedMeanwhile,
      StateEvents events) {
    this.tracked = tracked;
    this.untold = untold;
    this.connecting = connecting;
    this.endedMeanwhile = endedMeanwhile;
    this.events = events;
  }

  /**
   * Tells what no change of a state does.
   *
   * @return whether sockets came, went or changed their states since the look before
   */
  boolean compare(TcpTable before, Look look) {
    TableChanges changes = look.table().changesSince(before);
    for (TableChanges.Change change : changes.accepted()) {
      TrackedSocket known = tracked.get(change.after().key());
      if (known != null && known.isLookedAt && SocketTracker.isThere(change.after())) {
        tracked.lookedAt(known, change.after());
        accepted(known, change.after(), look);
      }
    }
    for (TableChanges.Change change : changes.ownersChanged()) {
      TrackedSocket known = tracked.get(change.after().key());
      if (known != null
          && known.isLookedAt
          && change.after().ownership() == Ownership.OWNED
          && !change.after().owners().equals(known.socket.owners())) {
        tracked.lookedAt(known, change.after());
        events.ownersChanged(known.socket, change.before().owners(), look);
      }
    }
    return !changes.opened().isEmpty()
        || !changes.closed().isEmpty()
        || !changes.stateChanged().isEmpty();
  }

  private void accepted(TrackedSocket known, TcpSocket seen, Look look) {
    if (seen.remotePort() != 0) {
      Optional<WatchedSocket> listener = new ListenerIndex(look.table()).of(seen);
      events.accepted(known.socket, listener, look);
    }
  }

  /**
   * Completes what was pushed, and tells what should have been.
   *
   * @param isPushed whether a push may still tell what is missing
   * @return whether the next look has to be reconciled too
   */
  boolean reconcile(Look look, boolean isPushed) {
    ListenerIndex index = new ListenerIndex(look.table());
    Set<SocketKey> seen = new HashSet<>();
    for (TcpSocket socket : look.table()) {
      SocketKey key = socket.key();
      if (!SocketTracker.isThere(socket) || endedMeanwhile.contains(key)) {
        continue;
      }
      seen.add(key);
      TrackedSocket known = tracked.get(key);
      if (known == null) {
        openedUnknown(socket, index, look);
      } else {
        complete(known, socket, index, look);
      }
    }
    List<TrackedSocket> absent =
        tracked.all().stream()
            .filter(it -> !seen.contains(it.socket.key()))
            .filter(it -> it.firstSeen() < look.begin() && it.pushedAt < look.begin())
            .toList();
    absent.forEach(it -> absent(it, look, isPushed));
    missing.retainAll(tracked.keys());
    missing.removeAll(seen);
    return !missing.isEmpty();
  }

  /** A push may have been lost, or the look has passed over it: the next one will tell. */
  private void absent(TrackedSocket socket, Look look, boolean isPushed) {
    boolean isSilent = socket.socket.state() == TcpState.CLOSED;
    if (isPushed && !isSilent && missing.add(socket.socket.key())) {
      return;
    }
    untold.tell(socket);
    tracked.forget(socket);
    events.closed(socket, look);
  }

  private void openedUnknown(TcpSocket socket, ListenerIndex index, Look look) {
    WatchedSocket now = WatchedSocket.of(socket);
    PushedState pushed = connecting.remove(now.key());
    long since = pushed != null ? pushed.nanos() : look.begin();
    TrackedSocket opened = TrackedSocket.opened(now, since, pushed != null ? since : look.end());
    opened.isLookedAt = true;
    tracked.track(opened);
    tracked.rememberListener(opened, socket);
    if (pushed != null) {
      events.opened(now, Optional.empty(), pushed);
    } else if (opened.isListener()) {
      events.listenerOpened(now, look);
    } else {
      Optional<WatchedSocket> listener = index.of(socket);
      events.opened(now, listener, look);
      if (listener.isPresent() && socket.inode().orElse(0) != 0) {
        events.accepted(now, listener, look);
      }
    }
  }

  private void complete(TrackedSocket known, TcpSocket socket, ListenerIndex index, Look look) {
    if (untold.contains(known)) {
      tracked.lookedAt(known, socket);
      untold.tell(known);
    } else if (!known.isLookedAt) {
      tracked.lookedAt(known, socket);
      Optional<WatchedSocket> listener = known.isListener() ? Optional.empty() : index.of(socket);
      if (listener.isPresent() && socket.inode().orElse(0) != 0) {
        events.accepted(known.socket, listener, look);
      } else if (socket.ownership() == Ownership.OWNED) {
        events.ownersChanged(known.socket, List.of(), look);
      }
    }
    TcpState before = known.socket.state();
    if (before != socket.state() && known.pushedAt < look.begin()) {
      tracked.set(
          known, known.socket.in(socket.state(), socket.local(), socket.remote()), look.end());
      if (known.isListener()) {
        tracked.rememberListener(known, socket);
        events.listenerOpened(known.socket, look);
      } else if (before == TcpState.LISTEN) {
        tracked.listeners().remove(known);
        events.listenerClosed(known, look);
      } else {
        events.stateChanged(known.socket, before, look);
      }
    }
  }
}
