// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.TcpTable;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Events on their way from the source to the consumer, so many at most, and the last look among
 * them. The source never waits: what does not fit is counted, and the consumer is told how many at
 * the place where they are missing. One thread takes.
 */
final class EventQueue {

  private final int capacity;
  private final Supplier<Instant> clock;
  private final Queue<TcpEvent> events = new ArrayDeque<>();

  /** How many were dropped behind the last one. */
  private long missed;

  /** How many more the consumer wants. */
  private long demand;

  /** The last look, unless it was taken. */
  private @Nullable TcpTable look;

  /** How many of the events come before it. */
  private int beforeLook;

  private boolean closed;

  /**
   * @param capacity 2 or more
   */
  EventQueue(int capacity, Supplier<Instant> clock) {
    this.capacity = capacity;
    this.clock = clock;
  }

  /** Adds one, or counts it as missed; flight recordings have it in any case. */
  void add(TcpEvent event) {
    RecordedEvent.write(event);
    offer(event);
  }

  private synchronized void offer(TcpEvent event) {
    int needed = missed > 0 ? 2 : 1;
    if (events.size() + needed > capacity) {
      missed++;
      return;
    }
    if (missed > 0) {
      events.add(missing());
    }
    events.add(event);
    notifyAll();
  }

  private TcpEvent missing() {
    TcpEvent told = new TcpEvent.Missed(clock.get(), missed);
    missed = 0;
    return told;
  }

  /** Adds a look behind the events so far, in place of one that still waits. */
  synchronized void look(TcpTable table) {
    look = table;
    beforeLook = events.size();
    notifyAll();
  }

  /** The consumer wants so many more. */
  synchronized void request(long more) {
    demand = demand + more < 0 ? Long.MAX_VALUE : demand + more;
    notifyAll();
  }

  /** Waits until it is the turn of a look, or of an event that is wanted; false if none will be. */
  synchronized boolean await() throws InterruptedException {
    while (!closed && !isTurnOfLook() && (demand == 0 || (events.isEmpty() && missed == 0))) {
      wait();
    }
    return !closed;
  }

  private boolean isTurnOfLook() {
    return look != null && beforeLook == 0;
  }

  /** The look, if it is its turn; nobody needs to ask for it. */
  synchronized @Nullable TcpTable takeLook() {
    TcpTable taken = isTurnOfLook() ? look : null;
    look = taken == null ? look : null;
    return taken;
  }

  /** Waits for the next event that is wanted; null if there will be none. */
  synchronized @Nullable TcpEvent take() throws InterruptedException {
    while (!closed && (demand == 0 || (events.isEmpty() && missed == 0))) {
      wait();
    }
    if (closed) {
      return null;
    }
    demand -= demand == Long.MAX_VALUE ? 0 : 1;
    beforeLook -= beforeLook > 0 ? 1 : 0;
    TcpEvent next = events.poll();
    return next != null ? next : missing();
  }

  synchronized void close() {
    closed = true;
    look = null;
    events.clear();
    notifyAll();
  }
}
