// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.ListenAddress;
import io.tcptable.Ownership;
import io.tcptable.SocketKey;
import io.tcptable.TableChanges;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of the changes of states that the system pushes. The looks tell what no change of a
 * state does: owners, accepted connections, queues; and what got lost on the way. All that was
 * pushed before a look had ended is told before that look is compared, so that a look knows nothing
 * newer than the pushes.
 */
final class StateTracker implements Tracker {

  private final TcpQuery query;
  private final CloseWaits closeWaits;
  private final AcceptQueues acceptQueues;
  private final SecondServers secondServers = new SecondServers();
  private final KnownListeners listeners = new KnownListeners();
  private final StateEvents events;

  private final Map<SocketKey, TrackedSocket> sockets = new HashMap<>();

  /** Those that connect and were told before they had a local port. */
  private final Map<SocketKey, PushedState> unbound = new HashMap<>();

  /** Listeners that are told once a look knows their owners, or something happens to them. */
  private final Map<SocketKey, PushedState> untold = new HashMap<>();

  /** Those that ended since the look began, which may still have seen them. */
  private final Set<SocketKey> endedMeanwhile = new HashSet<>();

  /** Those that the last look did not find, without a push. */
  private Set<SocketKey> missing = new HashSet<>();

  private boolean isPushed = true;

  /** Whether something happened since the last look that it does not know. */
  private boolean isStale;

  private boolean wantsLook;
  private @Nullable Look first;
  private @Nullable TcpTable last;

  StateTracker(
      TcpQuery query, double acceptQueueShare, Duration closeWaitLimit, Consumer<TcpEvent> events) {
    this.query = query;
    this.acceptQueues = new AcceptQueues(acceptQueueShare);
    this.closeWaits = new CloseWaits(closeWaitLimit);
    this.events = new StateEvents(events);
  }

  @Override
  public void startLook() {
    endedMeanwhile.clear();
    wantsLook = false;
  }

  @Override
  public boolean isAheadOfLooks() {
    return true;
  }

  @Override
  public boolean wantsLook() {
    return wantsLook;
  }

  @Override
  public void lost() {
    // Their ends may be among it; a look finds those that are there.
    unbound.clear();
    isStale = true;
  }

  @Override
  public void stopPushes() {
    isPushed = false;
    isStale = true;
  }

  @Override
  public void changed(PushedState change) {
    Look begin = first;
    if (begin == null || change.nanos() < begin.begin()) {
      return;
    }
    isStale = true;
    SocketKey key = change.key();
    PushedState connecting = unbound.remove(key);
    if (connecting != null && change.local().port() != 0) {
      openedWithPort(connecting, change);
    }
    TrackedSocket known = sockets.get(key);
    if (known == null) {
      changedUnknown(change, connecting != null);
    } else {
      known.pushedAt = change.nanos();
      changedKnown(known, change, known.wasBefore() && change.nanos() < begin.end());
    }
  }

  /** A socket that connects has got its port. */
  private void openedWithPort(PushedState connecting, PushedState now) {
    WatchedSocket socket =
        WatchedSocket.pushed(connecting).in(connecting.after(), now.local(), now.remote());
    if (query.selects(now.local(), now.remote())) {
      TrackedSocket opened = TrackedSocket.opened(socket, connecting.nanos(), connecting.nanos());
      track(opened);
      events.opened(socket, Optional.empty(), connecting);
    }
  }

  private void changedUnknown(PushedState change, boolean wasConnecting) {
    if (change.after() == TcpState.SYN_SENT && change.local().port() == 0) {
      unbound.put(change.key(), change);
      return;
    }
    if (!query.selects(change.local(), change.remote())) {
      return;
    }
    if (change.after() != TcpState.CLOSED) {
      opened(change);
    } else if (!wasConnecting && change.before() != TcpState.SYN_RECEIVED) {
      endedMeanwhile.add(change.key());
      events.closedUnknown(change);
    }
  }

  private void opened(PushedState change) {
    WatchedSocket socket = WatchedSocket.pushed(change);
    TrackedSocket opened = TrackedSocket.opened(socket, change.nanos(), change.nanos());
    opened.pushedAt = change.nanos();
    track(opened);
    if (opened.isListener()) {
      listens(opened, change);
    } else {
      events.opened(socket, listenerOf(change), change);
    }
  }

  private Optional<WatchedSocket> listenerOf(PushedState change) {
    TrackedSocket listener =
        change.before() == TcpState.SYN_RECEIVED ? listeners.of(change.local()) : null;
    if (listener == null) {
      return Optional.empty();
    }
    tellListener(listener);
    return Optional.of(listener.socket);
  }

  private void listens(TrackedSocket socket, PushedState change) {
    if (change.local().port() != 0) {
      listeners.put(new ListenAddress(change.local(), Optional.empty(), false), socket);
    }
    untold.put(change.key(), change);
    wantsLook = true;
  }

  private void tellListener(TrackedSocket socket) {
    PushedState opened = untold.remove(socket.socket.key());
    if (opened != null) {
      events.listenerOpened(socket.socket, opened);
    }
  }

  /**
   * @param isTold whether the first look may have seen it so
   */
  private void changedKnown(TrackedSocket known, PushedState change, boolean isTold) {
    TcpState before = known.socket.state();
    if (change.after() == TcpState.CLOSED) {
      tellListener(known);
      forget(change.key(), known);
      endedMeanwhile.add(change.key());
      events.closed(known, change);
      return;
    }
    set(known, known.socket.in(change.after(), change.local(), change.remote()), change.nanos());
    if (isTold || before == change.after()) {
      return;
    }
    if (known.isListener()) {
      listens(known, change);
    } else {
      events.stateChanged(known.socket, before, change);
    }
  }

  private void set(TrackedSocket known, WatchedSocket now, long nanos) {
    boolean waited = CloseWaits.isOne(known.socket);
    known.socket = now;
    boolean waits = CloseWaits.isOne(now);
    if (waits && !waited) {
      closeWaits.came(now.key(), known, nanos);
    } else if (waited && !waits) {
      closeWaits.left(now.key());
    }
  }

  private void track(TrackedSocket socket) {
    sockets.put(socket.socket.key(), socket);
    if (CloseWaits.isOne(socket.socket)) {
      closeWaits.came(socket.socket.key(), socket, socket.firstSeen());
    }
  }

  private void forget(SocketKey key, TrackedSocket socket) {
    sockets.remove(key);
    missing.remove(key);
    closeWaits.left(key);
    listeners.remove(socket);
  }

  @Override
  public void look(Look look) {
    TcpTable before = last;
    last = look.table();
    if (before == null) {
      first = look;
      look.table().stream().filter(SocketTracker::isThere).forEach(it -> addFirst(it, look));
    } else {
      compare(before, look);
    }
    closeWaits.look(look, events.sink());
    acceptQueues.look(look, events.sink());
    secondServers.look(look, this::firstSeen, events.sink());
  }

  private void addFirst(TcpSocket socket, Look look) {
    TrackedSocket tracked = TrackedSocket.before(WatchedSocket.of(socket), look.end());
    tracked.isLookedAt = true;
    track(tracked);
    rememberListener(socket, tracked);
  }

  private void rememberListener(TcpSocket socket, TrackedSocket tracked) {
    if (tracked.isListener() && socket.localPort() != 0) {
      listeners.put(ListenAddress.of(socket), tracked);
    }
  }

  private void compare(TcpTable before, Look look) {
    TableChanges changes = look.table().changesSince(before);
    for (TableChanges.Change change : changes.accepted()) {
      TrackedSocket known = sockets.get(change.after().key());
      if (known != null && known.isLookedAt && SocketTracker.isThere(change.after())) {
        own(known, change.after());
        accepted(known, change.after(), look);
      }
    }
    for (TableChanges.Change change : changes.ownersChanged()) {
      TrackedSocket known = sockets.get(change.after().key());
      if (known != null
          && known.isLookedAt
          && change.after().ownership() == Ownership.OWNED
          && !change.after().owners().equals(known.socket.owners())) {
        own(known, change.after());
        events.ownersChanged(known.socket, change.before().owners(), look);
      }
    }
    if (isStale
        || !changes.opened().isEmpty()
        || !changes.closed().isEmpty()
        || !changes.stateChanged().isEmpty()) {
      reconcile(look);
    }
  }

  /** What a look knows of a socket, in the state that is known of it. */
  private static void own(TrackedSocket known, TcpSocket seen) {
    known.socket = WatchedSocket.of(seen).in(known.socket.state(), seen.local(), seen.remote());
  }

  private void accepted(TrackedSocket known, TcpSocket seen, Look look) {
    if (seen.remotePort() != 0) {
      Optional<WatchedSocket> listener = new ListenerIndex(look.table()).of(seen);
      events.accepted(known.socket, listener, look);
    }
  }

  /** Completes what was pushed, and tells what should have been. */
  private void reconcile(Look look) {
    ListenerIndex index = new ListenerIndex(look.table());
    Set<SocketKey> seen = new HashSet<>();
    for (TcpSocket socket : look.table()) {
      SocketKey key = socket.key();
      if (!SocketTracker.isThere(socket) || endedMeanwhile.contains(key)) {
        continue;
      }
      seen.add(key);
      TrackedSocket known = sockets.get(key);
      if (known == null) {
        openedUnknown(socket, index, look);
      } else {
        reconcile(known, socket, index, look);
      }
    }
    List<Map.Entry<SocketKey, TrackedSocket>> absent = new ArrayList<>();
    for (Map.Entry<SocketKey, TrackedSocket> entry : sockets.entrySet()) {
      TrackedSocket socket = entry.getValue();
      if (!seen.contains(entry.getKey())
          && socket.firstSeen() < look.begin()
          && socket.pushedAt < look.begin()) {
        absent.add(entry);
      }
    }
    absent.forEach(it -> absent(it.getKey(), it.getValue(), look));
    missing.retainAll(sockets.keySet());
    missing.removeAll(seen);
    isStale = !missing.isEmpty();
  }

  /** A push may have been lost, or the look has passed over it: the next one will tell. */
  private void absent(SocketKey key, TrackedSocket socket, Look look) {
    boolean isSilent = socket.socket.state() == TcpState.CLOSED;
    if (isPushed && !isSilent && missing.add(key)) {
      return;
    }
    tellListener(socket);
    forget(key, socket);
    events.closed(socket, look);
  }

  private void openedUnknown(TcpSocket socket, ListenerIndex index, Look look) {
    WatchedSocket now = WatchedSocket.of(socket);
    PushedState connecting = unbound.remove(now.key());
    long since = connecting != null ? connecting.nanos() : look.begin();
    TrackedSocket opened =
        TrackedSocket.opened(now, since, connecting != null ? since : look.end());
    opened.isLookedAt = true;
    track(opened);
    rememberListener(socket, opened);
    if (connecting != null) {
      events.opened(now, Optional.empty(), connecting);
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

  private void reconcile(TrackedSocket known, TcpSocket socket, ListenerIndex index, Look look) {
    if (untold.containsKey(known.socket.key())) {
      adopt(known, socket);
      tellListener(known);
    } else if (!known.isLookedAt) {
      adopt(known, socket);
      Optional<WatchedSocket> listener = known.isListener() ? Optional.empty() : index.of(socket);
      if (listener.isPresent() && socket.inode().orElse(0) != 0) {
        events.accepted(known.socket, listener, look);
      } else if (socket.ownership() == Ownership.OWNED) {
        events.ownersChanged(known.socket, List.of(), look);
      }
    }
    TcpState before = known.socket.state();
    if (before != socket.state() && known.pushedAt < look.begin()) {
      set(known, known.socket.in(socket.state(), socket.local(), socket.remote()), look.end());
      if (known.isListener()) {
        rememberListener(socket, known);
        events.listenerOpened(known.socket, look);
      } else if (before == TcpState.LISTEN) {
        listeners.remove(known);
        events.listenerClosed(known, look);
      } else {
        events.stateChanged(known.socket, before, look);
      }
    }
  }

  private void adopt(TrackedSocket known, TcpSocket socket) {
    known.isLookedAt = true;
    own(known, socket);
    rememberListener(socket, known);
  }

  private long firstSeen(TcpSocket socket) {
    TrackedSocket known = sockets.get(socket.key());
    return known == null ? Long.MIN_VALUE : known.firstSeen();
  }
}
