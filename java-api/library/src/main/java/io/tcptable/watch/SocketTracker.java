// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.Endpoint;
import io.tcptable.Ownership;
import io.tcptable.SocketKey;
import io.tcptable.TableChanges;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTimer;
import io.tcptable.watch.TcpEvent.KnownBy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of looks, and of sockets that the system says have ended. Remembers each socket of
 * the last look, and none that is over. For one thread.
 */
final class SocketTracker implements Tracker {

  private static final KnownBy BETWEEN = KnownBy.BETWEEN_LOOKS;

  private final TcpQuery query;
  private final CloseWaits closeWaits;
  private final AcceptQueues acceptQueues;
  private final SocketEndings endings;
  private final SecondServers secondServers = new SecondServers();
  private final Consumer<TcpEvent> events;

  private final Map<SocketKey, TrackedSocket> sockets = new HashMap<>();

  private @Nullable Look last;

  SocketTracker(
      TcpQuery query,
      boolean isPushed,
      double acceptQueueShare,
      Duration closeWaitLimit,
      Consumer<TcpEvent> events) {
    this.query = query;
    this.endings = new SocketEndings(isPushed, events);
    this.acceptQueues = new AcceptQueues(acceptQueueShare);
    this.closeWaits = new CloseWaits(closeWaitLimit);
    this.events = events;
  }

  @Override
  public void look(Look look) {
    Look before = last;
    last = look;
    if (before == null) {
      look.table().stream().filter(SocketTracker::isThere).forEach(it -> addFirst(it, look));
    } else {
      compare(before, look);
    }
    closeWaits.look(look, events);
    acceptQueues.look(look, events);
    secondServers.look(look, this::firstSeen, events);
  }

  private void addFirst(TcpSocket socket, Look look) {
    track(socket.key(), TrackedSocket.before(WatchedSocket.of(socket), look.end()), look);
  }

  private void compare(Look before, Look look) {
    Map<SocketKey, TrackedSocket> unpushed = endings.startLook();
    TableChanges changes = look.table().changesSince(before.table());
    List<TcpSocket> opened =
        Stream.concat(
                changes.opened().stream(),
                changes.stateChanged().stream()
                    .filter(it -> isHandshake(it.before()))
                    .map(TableChanges.Change::after))
            .filter(it -> !isHandshake(it) && !cameBack(it, unpushed))
            .toList();
    unpushed.forEach((key, socket) -> endings.ended(key, socket, look));
    changes.closed().forEach(it -> ended(it, it.state(), before, look));
    changes.stateChanged().stream()
        .filter(it -> isOver(it.after()))
        .forEach(it -> ended(it.before(), TcpState.TIME_WAIT, before, look));
    ListenerIndex listeners = new ListenerIndex(look.table());
    opened.forEach(it -> opened(it, listeners, before, look));
    changes.accepted().stream()
        .filter(it -> isThere(it.before()) && isThere(it.after()))
        .forEach(it -> accepted(it, listeners, look));
    Set<TcpSocket> accepted =
        changes.accepted().stream().map(TableChanges.Change::after).collect(Collectors.toSet());
    changes.stateChanged().stream()
        .filter(it -> isThere(it.after()) && isThere(it.before()))
        .forEach(it -> stateChanged(it, before, look));
    changes.ownersChanged().stream()
        .filter(it -> it.after().ownership() == Ownership.OWNED && !accepted.contains(it.after()))
        .forEach(it -> ownersChanged(it, look));
    prune(look);
  }

  /** The look before has passed over it, see {@link io.tcptable.TcpTable#snapshot(TcpQuery)}. */
  private boolean cameBack(TcpSocket socket, Map<SocketKey, TrackedSocket> unpushed) {
    SocketKey key = socket.key();
    TrackedSocket known = isOver(socket) ? null : unpushed.remove(key);
    if (known != null) {
      sockets.put(key, known);
    }
    return known != null;
  }

  /** What has other keys in each table is not found again, and must not be kept for it. */
  private void prune(Look look) {
    if (sockets.size() > 2 * (look.table().size() + 100)) {
      Set<SocketKey> there = look.table().stream().map(TcpSocket::key).collect(Collectors.toSet());
      sockets.keySet().retainAll(there);
      closeWaits.keep(there);
    }
  }

  private void ended(TcpSocket was, TcpState lastState, Look before, Look look) {
    SocketKey key = was.key();
    TrackedSocket socket = sockets.remove(key);
    if (socket == null) {
      return;
    }
    closeWaits.left(key);
    socket.ending = Ending.after(lastState);
    endings.missed(key, socket, before.begin(), look);
  }

  private void opened(TcpSocket socket, ListenerIndex listeners, Look before, Look look) {
    SocketKey key = socket.key();
    if (isOver(socket)) {
      if (!endings.isPushed()) {
        endings.tellUnseen(
            WatchedSocket.of(socket),
            look.at(),
            BETWEEN,
            before.begin(),
            look.end(),
            Ending.CLOSED_HERE);
      }
      return;
    }
    WatchedSocket seen = WatchedSocket.of(socket);
    track(key, TrackedSocket.opened(seen, before.begin(), look.end()), look);
    if (socket.state() == TcpState.LISTEN) {
      events.accept(new TcpEvent.ListenerOpened(look.at(), BETWEEN, seen));
      return;
    }
    Optional<WatchedSocket> listener = listeners.of(socket);
    events.accept(new TcpEvent.Opened(look.at(), BETWEEN, seen, listener));
    if (listener.isPresent() && socket.inode().orElse(0) != 0) {
      events.accept(new TcpEvent.Accepted(look.at(), BETWEEN, seen, listener));
    }
  }

  private void accepted(TableChanges.Change change, ListenerIndex listeners, Look look) {
    if (change.after().remotePort() == 0) {
      return;
    }
    WatchedSocket now = update(change, look).socket;
    events.accept(new TcpEvent.Accepted(look.at(), BETWEEN, now, listeners.of(change.after())));
  }

  private void stateChanged(TableChanges.Change change, Look before, Look look) {
    TcpState was = change.before().state();
    TrackedSocket socket = update(change, look);
    WatchedSocket now = socket.socket;
    if (now.state() == TcpState.LISTEN) {
      events.accept(new TcpEvent.ListenerOpened(look.at(), BETWEEN, now));
    } else if (was == TcpState.LISTEN) {
      events.accept(
          new TcpEvent.ListenerClosed(
              look.at(), BETWEEN, now, socket.atLeast(before.begin()), socket.atMost(look.end())));
    } else {
      events.accept(new TcpEvent.StateChanged(look.at(), BETWEEN, now, was));
    }
  }

  private void ownersChanged(TableChanges.Change change, Look look) {
    WatchedSocket now = update(change, look).socket;
    events.accept(new TcpEvent.OwnersChanged(look.at(), BETWEEN, now, change.before().owners()));
  }

  /** Remembers a socket as it is now. Where the system gives no cookies, its key may be another. */
  private TrackedSocket update(TableChanges.Change change, Look look) {
    SocketKey was = change.before().key();
    SocketKey key = change.after().key();
    TrackedSocket socket = sockets.remove(was);
    if (socket == null) {
      socket = sockets.remove(key);
    }
    if (socket == null) {
      socket = TrackedSocket.before(WatchedSocket.of(change.after()), look.end());
    }
    boolean waited = CloseWaits.isOne(socket.socket);
    socket.socket = WatchedSocket.of(change.after()).withKey(socket.socket.key());
    sockets.put(key, socket);
    boolean waits = CloseWaits.isOne(socket.socket);
    if (waited && !waits) {
      closeWaits.left(was);
    } else if (waits && !waited) {
      closeWaits.came(key, socket, look);
    } else if (waits && !was.equals(key)) {
      closeWaits.renamed(was, key);
    }
    return socket;
  }

  private void track(SocketKey key, TrackedSocket socket, Look look) {
    sockets.put(key, socket);
    if (CloseWaits.isOne(socket.socket)) {
      closeWaits.came(key, socket, look);
    }
  }

  @Override
  public void ended(SocketKey key, Endpoint local, Endpoint remote, Instant at, long nanos) {
    Look before = last;
    TrackedSocket missing = endings.takeMissing(key);
    TrackedSocket socket = missing != null ? missing : sockets.remove(key);
    if (socket != null) {
      closeWaits.left(key);
      if (missing == null) {
        socket.ending = Ending.after(socket.socket.state());
        socket.lastSeen = nanos;
      }
      endings.pushed(socket, at, nanos);
    } else if (before != null && remote.port() != 0 && query.selects(local, remote)) {
      endings.pushedUnseen(WatchedSocket.ended(key, local, remote), before.begin(), at, nanos);
    }
  }

  @Override
  public void stopPushes() {
    endings.stopPushes();
  }

  private long firstSeen(TcpSocket socket) {
    TrackedSocket known = sockets.get(socket.key());
    return known == null ? Long.MIN_VALUE : known.firstSeen();
  }

  /** Whether a socket of a table is one that is told of. */
  static boolean isThere(TcpSocket socket) {
    return !isOver(socket) && !isHandshake(socket);
  }

  /**
   * What is left of a socket: in TIME_WAIT, or in FIN_WAIT_2 with the timer of TIME_WAIT, as Linux
   * shows one that its process has closed. It may have another cookie than the socket had.
   */
  private static boolean isOver(TcpSocket socket) {
    return socket.state() == TcpState.TIME_WAIT
        || (socket.state() == TcpState.FIN_WAIT_2
            && socket.timer().filter(it -> it.kind() == TcpTimer.Kind.TIME_WAIT).isPresent());
  }

  /** What may become a socket; then that may have another cookie. */
  private static boolean isHandshake(TcpSocket socket) {
    return socket.state() == TcpState.SYN_RECEIVED || socket.state() == TcpState.NEW_SYN_RECEIVED;
  }
}
