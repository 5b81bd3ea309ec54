// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tcptable.OsProcess;
import io.tcptable.TcpState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something that a {@link TcpWatch} tells. Later versions may have more kinds. All are immutable
 * and hold no table, so that they may be kept.
 *
 * <p>The events of one socket come in this order: {@link Opened} or {@link ListenerOpened}, then
 * what happened to it, then {@link Closed} or {@link ListenerClosed}. What was there when the watch
 * began has no opening.
 */
public sealed interface TcpEvent {

  /**
   * When it happened, if the system told that ({@link Pushes#STATES}), and else when the watch
   * learned of it; by the clock of this system.
   */
  Instant at();

  /**
   * The event in the schema {@code tcptable.event/1}, which is documented: one object on one line,
   * in ASCII; what is not known is absent. Jackson writes it so, too.
   */
  @JsonValue
  @JsonRawValue
  default String toJson() {
    return EventJson.text(this);
  }

  /** How an event is known. */
  enum KnownBy {
    /** The system told it by itself, at once. */
    PUSHED,
    /** Two looks differ: it happened in between, or is so since. */
    BETWEEN_LOOKS
  }

  /** An event of one socket. */
  sealed interface OfSocket extends TcpEvent {

    /** The socket, as far as the watch knows it then. */
    WatchedSocket socket();

    /** How it is known. */
    KnownBy knownBy();
  }

  /**
   * A socket that is no listener came: a connection whose handshake is completed, one that connects
   * from here, or one that is bound to a port only.
   *
   * @param listener what it came in through; empty if it was made here, or that is not known
   */
  record Opened(Instant at, KnownBy knownBy, WatchedSocket socket, Optional<WatchedSocket> listener)
      implements OfSocket {}

  /**
   * A process has taken a connection from the accept queue ({@code accept(2)}). Not told where the
   * source does not tell inodes, as on Windows.
   *
   * @param socket with its owner, if that is known
   * @param listener what it came in through, if that is known
   */
  record Accepted(
      Instant at, KnownBy knownBy, WatchedSocket socket, Optional<WatchedSocket> listener)
      implements OfSocket {}

  /**
   * A socket is in another state.
   *
   * @param before the last one that was seen
   */
  record StateChanged(Instant at, KnownBy knownBy, WatchedSocket socket, TcpState before)
      implements OfSocket {}

  /**
   * A socket that is no listener is over: it is gone, or in TIME_WAIT, of which no process has
   * anything left. A connection that came and went between two looks has this event alone.
   *
   * @param socket as it was last seen; CLOSED and without owners if no look has seen it
   * @param livedAtLeast how long it lived, at least; 0 if no look has seen it. A push of an end
   *     alone counts from when it was read, which is some milliseconds later; one of a state is
   *     exact, so that both durations are the same
   * @param livedAtMost how long at most; empty if it was there when the watch began, or its opening
   *     was lost
   */
  record Closed(
      Instant at,
      KnownBy knownBy,
      WatchedSocket socket,
      Duration livedAtLeast,
      Optional<Duration> livedAtMost,
      Ending ending)
      implements OfSocket {}

  /**
   * A socket has other owners, as after a fork or when a parent has closed it. Also told when a
   * look first finds the owners of a socket whose opening was pushed, unless {@link Accepted} does.
   *
   * @param before the owners before, in ascending order of PID
   */
  record OwnersChanged(Instant at, KnownBy knownBy, WatchedSocket socket, List<OsProcess> before)
      implements OfSocket {

    /** Keeps its own copy. */
    public OwnersChanged {
      before = List.copyOf(before);
    }
  }

  /** A socket listens that did not. */
  record ListenerOpened(Instant at, KnownBy knownBy, WatchedSocket socket) implements OfSocket {}

  /**
   * A socket listens no more.
   *
   * @param livedAtLeast how long it was there, at least
   * @param livedAtMost how long at most; empty if it was there when the watch began
   */
  record ListenerClosed(
      Instant at,
      KnownBy knownBy,
      WatchedSocket socket,
      Duration livedAtLeast,
      Optional<Duration> livedAtMost)
      implements OfSocket {}

  /**
   * Independent servers listen on one port, and a client cannot tell which of them it reaches. Told
   * once, until it is over; also if it was so when the watch began.
   *
   * @param socket the listener that came last
   * @param others the listeners of the other servers on the port
   */
  record SecondServer(Instant at, KnownBy knownBy, WatchedSocket socket, List<WatchedSocket> others)
      implements OfSocket {

    /** Keeps its own copy. */
    public SecondServer {
      others = List.copyOf(others);
    }
  }

  /**
   * The accept queue of a listener has passed the {@linkplain TcpWatch#acceptQueueShare share} of
   * its limit. Told once, until a look finds it below.
   *
   * @param waiting how many connections wait to be accepted
   * @param limit how many may wait
   */
  record AcceptQueueFilled(
      Instant at, KnownBy knownBy, WatchedSocket socket, long waiting, long limit)
      implements OfSocket {}

  /**
   * A connection has been in CLOSE_WAIT for {@linkplain TcpWatch#closeWaitLimit too long}: the peer
   * has closed it, and the owner has not. Told once.
   *
   * @param atLeast for how long it is known to be in CLOSE_WAIT
   */
  record CloseWaitAged(Instant at, KnownBy knownBy, WatchedSocket socket, Duration atLeast)
      implements OfSocket {}

  /**
   * The consumer was too slow: between the event before and the next one, some were dropped.
   *
   * @param events how many
   */
  record Missed(Instant at, long events) implements TcpEvent {}

  /**
   * The system could not deliver what it pushes, as this process was too slow. A look follows at
   * once; connections that came and went since the look before are not told.
   *
   * @param records how many were lost; empty if that is not known
   */
  record Lost(Instant at, OptionalLong records) implements TcpEvent {}

  /**
   * A look has failed. The watch goes on: the next one that succeeds is compared with the last one
   * that did. Told once for looks that fail in a row.
   *
   * @param reason the message of the {@link io.tcptable.TcpTableException}, one line
   */
  record LookFailed(Instant at, String reason) implements TcpEvent {}
}
