// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.SocketKey;
import io.tcptable.watch.TcpEvent.KnownBy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells of each socket once that it has ended. Where the system pushes that, a look does not tell
 * it at once: the push, which may be on its way, says so better. If none has come until the next
 * look, that one tells it.
 */
final class SocketEndings {

  private final Consumer<TcpEvent> events;
  private boolean isPushed;

  /** Those that the last look did not find, and of which no push has come. */
  private Map<SocketKey, TrackedSocket> missing = new HashMap<>();

  /** Those whose end this look and the one before have told, so that a late push is no other. */
  private Set<SocketKey> told = new HashSet<>();

  private Set<SocketKey> toldBefore = new HashSet<>();

  SocketEndings(boolean isPushed, Consumer<TcpEvent> events) {
    this.isPushed = isPushed;
    this.events = events;
  }

  boolean isPushed() {
    return isPushed;
  }

  /** Nothing is pushed from now on: the looks tell all. */
  void stopPushes() {
    isPushed = false;
  }

  /** Those that were missing in the look before, without a push, and were not found again. */
  Map<SocketKey, TrackedSocket> startLook() {
    toldBefore = told;
    told = new HashSet<>();
    Map<SocketKey, TrackedSocket> unpushed = missing;
    missing = new HashMap<>();
    return unpushed;
  }

  /** A look did not find a socket that was there at that time. */
  void missed(SocketKey key, TrackedSocket socket, long lastSeen, Look look) {
    socket.lastSeen = lastSeen;
    if (isPushed) {
      missing.put(key, socket);
    } else {
      ended(key, socket, look);
    }
  }

  /** A socket is not there, and no push is to be waited for. */
  void ended(SocketKey key, TrackedSocket socket, Look look) {
    told.add(key);
    tell(socket, look.at(), KnownBy.BETWEEN_LOOKS, look.end());
  }

  /** Takes the socket that a look did not find before its push came; null if there is none. */
  @Nullable TrackedSocket takeMissing(SocketKey key) {
    return missing.remove(key);
  }

  /** A push of a socket came. */
  void pushed(TrackedSocket socket, Instant at, long nanos) {
    tell(socket, at, KnownBy.PUSHED, nanos);
  }

  /** A push came of a socket that was not there at that time; it may be late. */
  void pushedUnseen(WatchedSocket socket, long absentAt, Instant at, long nanos) {
    if (!told.contains(socket.key()) && !toldBefore.contains(socket.key())) {
      tellUnseen(socket, at, KnownBy.PUSHED, absentAt, nanos, Ending.NOT_SEEN);
    }
  }

  /** Of a socket that no look has seen. */
  void tellUnseen(
      WatchedSocket socket, Instant at, KnownBy knownBy, long absentAt, long nanos, Ending ending) {
    events.accept(
        new TcpEvent.Closed(
            at,
            knownBy,
            socket,
            Duration.ZERO,
            Optional.of(Duration.ofNanos(nanos - absentAt)),
            ending));
  }

  private void tell(TrackedSocket socket, Instant at, KnownBy knownBy, long nanos) {
    Duration atLeast = socket.atLeast(socket.lastSeen);
    Optional<Duration> atMost = socket.atMost(nanos);
    events.accept(
        socket.isListener()
            ? new TcpEvent.ListenerClosed(at, knownBy, socket.socket, atLeast, atMost)
            : new TcpEvent.Closed(at, knownBy, socket.socket, atLeast, atMost, socket.ending));
  }
}
