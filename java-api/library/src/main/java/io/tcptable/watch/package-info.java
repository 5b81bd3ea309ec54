// SPDX-License-Identifier: Apache-2.0
/**
 * What happens to the TCP sockets of this machine, as it happens: {@link
 * io.tcptable.watch.TcpWatch} tells it as {@link io.tcptable.watch.TcpEvent}s.
 *
 * <pre>
 * TcpWatch          the request; starts a RunningWatch, or is subscribed to by EventPublisher
 * WatchLoop         the source's thread: looks again and again, and what the system pushes in between
 * OpenedPushes      the most that the system pushes: Pushes
 * Tracker           makes events of looks and pushes; one of the two below
 * StateTracker      where each change of a state is pushed: PushedState, StateEvents
 * LookReconciler    completes by looks what was pushed, and tells what got lost
 * TrackedSockets    the sockets that are known there: KnownListeners, UntoldListeners
 * SocketTracker     where ends or nothing is pushed
 * SocketEndings     tells of each socket once that it has ended
 * CloseWaits        which connections have been in CLOSE_WAIT for too long
 * TrackedSocket     what is remembered of one socket
 * AcceptQueues      which accept queues are filled
 * SecondServers     on which ports independent servers listen
 * ListenerIndex     which listener a connection came through
 * EventQueue        the bounded way from the source to the consumers; counts what does not fit
 * EventDelivery     the thread of the consumers, of events and of looks
 * EventJson         writes one event
 * RecordedEvent     writes one into flight recordings
 * </pre>
 *
 * @since 0.1.0
 */
@NullMarked
package io.tcptable.watch;

import org.jspecify.annotations.NullMarked;
