// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.OsProcess;
import io.tcptable.TcpState;
import io.tcptable.watch.TcpEvent.KnownBy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes events of changes of states: each as it was pushed, or as a look found it. */
final class StateEvents {

  private final Consumer<TcpEvent> sink;

  StateEvents(Consumer<TcpEvent> sink) {
    this.sink = sink;
  }

  Consumer<TcpEvent> sink() {
    return sink;
  }

  void opened(WatchedSocket socket, Optional<WatchedSocket> listener, PushedState change) {
    sink.accept(new TcpEvent.Opened(change.at(), KnownBy.PUSHED, socket, listener));
  }

  void opened(WatchedSocket socket, Optional<WatchedSocket> listener, Look look) {
    sink.accept(new TcpEvent.Opened(look.at(), KnownBy.BETWEEN_LOOKS, socket, listener));
  }

  void listenerOpened(WatchedSocket socket, PushedState change) {
    sink.accept(new TcpEvent.ListenerOpened(change.at(), KnownBy.PUSHED, socket));
  }

  void listenerOpened(WatchedSocket socket, Look look) {
    sink.accept(new TcpEvent.ListenerOpened(look.at(), KnownBy.BETWEEN_LOOKS, socket));
  }

  void stateChanged(WatchedSocket socket, TcpState before, PushedState change) {
    sink.accept(new TcpEvent.StateChanged(change.at(), KnownBy.PUSHED, socket, before));
  }

  void stateChanged(WatchedSocket socket, TcpState before, Look look) {
    sink.accept(new TcpEvent.StateChanged(look.at(), KnownBy.BETWEEN_LOOKS, socket, before));
  }

  void accepted(WatchedSocket socket, Optional<WatchedSocket> listener, Look look) {
    sink.accept(new TcpEvent.Accepted(look.at(), KnownBy.BETWEEN_LOOKS, socket, listener));
  }

  void ownersChanged(WatchedSocket socket, List<OsProcess> before, Look look) {
    sink.accept(new TcpEvent.OwnersChanged(look.at(), KnownBy.BETWEEN_LOOKS, socket, before));
  }

  void closed(TrackedSocket socket, PushedState change) {
    Duration atLeast = socket.atLeast(change.nanos());
    Optional<Duration> atMost = socket.atMost(change.nanos());
    sink.accept(
        socket.isListener()
            ? new TcpEvent.ListenerClosed(
                change.at(), KnownBy.PUSHED, socket.socket, atLeast, atMost)
            : new TcpEvent.Closed(
                change.at(), KnownBy.PUSHED, socket.socket, atLeast, atMost, change.ending()));
  }

  /** Its push was lost, or there is none of its kind. */
  void closed(TrackedSocket socket, Look look) {
    if (socket.isListener()) {
      listenerClosed(socket, look);
      return;
    }
    sink.accept(
        new TcpEvent.Closed(
            look.at(),
            KnownBy.BETWEEN_LOOKS,
            socket.socket,
            socket.atLeast(Math.max(socket.firstSeen(), socket.pushedAt)),
            socket.atMost(look.end()),
            Ending.after(socket.socket.state())));
  }

  void listenerClosed(TrackedSocket socket, Look look) {
    sink.accept(
        new TcpEvent.ListenerClosed(
            look.at(),
            KnownBy.BETWEEN_LOOKS,
            socket.socket,
            socket.atLeast(Math.max(socket.firstSeen(), socket.pushedAt)),
            socket.atMost(look.end())));
  }

  /** Of a socket whose opening was not told. */
  void closedUnknown(PushedState change) {
    WatchedSocket socket = WatchedSocket.pushed(change);
    sink.accept(
        change.before() == TcpState.LISTEN
            ? new TcpEvent.ListenerClosed(
                change.at(), KnownBy.PUSHED, socket, Duration.ZERO, Optional.empty())
            : new TcpEvent.Closed(
                change.at(),
                KnownBy.PUSHED,
                socket,
                Duration.ZERO,
                Optional.empty(),
                change.ending()));
  }
}
