// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.ListenAddress;
import io.tcptable.SocketKey;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
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
  private final StateEvents events;
  private final TrackedSockets tracked;
  private final UntoldListeners untold;
  private final LookReconciler reconciler;

  /** Those that connect and were told before they had a local port. */
  private final Map<SocketKey, PushedState> unbound = new HashMap<>();

  /** Those that ended since the look began, which may still have seen them. */
  private final Set<SocketKey> endedMeanwhile = new HashSet<>();

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
    tracked = new TrackedSockets(closeWaits);
    untold = new UntoldListeners(this.events);
    reconciler = new LookReconciler(tracked, untold, unbound, endedMeanwhile, this.events);
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
    TrackedSocket known = tracked.get(key);
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
      tracked.track(opened);
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
    tracked.track(opened);
    if (opened.isListener()) {
      listens(opened, change);
    } else {
      events.opened(socket, listenerOf(change), change);
    }
  }

  private Optional<WatchedSocket> listenerOf(PushedState change) {
    TrackedSocket listener =
        change.before() == TcpState.SYN_RECEIVED ? tracked.listeners().of(change.local()) : null;
    if (listener == null) {
      return Optional.empty();
    }
    untold.tell(listener);
    return Optional.of(listener.socket);
  }

  private void listens(TrackedSocket socket, PushedState change) {
    if (change.local().port() != 0) {
      tracked.listeners().put(new ListenAddress(change.local(), Optional.empty(), false), socket);
    }
    untold.add(change);
    wantsLook = true;
  }

  /**
   * @param isTold whether the first look may have seen it so
   */
  private void changedKnown(TrackedSocket known, PushedState change, boolean isTold) {
    TcpState before = known.socket.state();
    if (change.after() == TcpState.CLOSED) {
      untold.tell(known);
      tracked.forget(known);
      endedMeanwhile.add(change.key());
      events.closed(known, change);
      return;
    }
    tracked.set(
        known, known.socket.in(change.after(), change.local(), change.remote()), change.nanos());
    if (isTold || before == change.after()) {
      return;
    }
    if (known.isListener()) {
      listens(known, change);
    } else {
      events.stateChanged(known.socket, before, change);
    }
  }

  @Override
  public void look(Look look) {
    TcpTable before = last;
    last = look.table();
    if (before == null) {
      first = look;
      look.table().stream().filter(SocketTracker::isThere).forEach(it -> addFirst(it, look));
    } else {
      boolean hasChanged = reconciler.compare(before, look);
      if (isStale || hasChanged) {
        isStale = reconciler.reconcile(look, isPushed);
      }
    }
    closeWaits.look(look, events.sink());
    acceptQueues.look(look, events.sink());
    secondServers.look(look, tracked::firstSeen, events.sink());
  }

  private void addFirst(TcpSocket socket, Look look) {
    TrackedSocket first = TrackedSocket.before(WatchedSocket.of(socket), look.end());
    first.isLookedAt = true;
    tracked.track(first);
    tracked.rememberListener(first, socket);
  }
}
