// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.TcpQuery;
import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.SystemAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks again and again, on a thread that nothing but the system keeps waiting. */
final class WatchLoop implements Runnable {

  private final SystemAccess access;
  private final TcpQuery query;
  private final Duration interval;
  private final SocketTracker tracker;
  private final EventQueue events;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Whether the last look has failed. */
  private boolean isFailing;

  private long nextLook;

  WatchLoop(
      SystemAccess access,
      TcpQuery query,
      Duration interval,
      SocketTracker tracker,
      EventQueue events) {
    this.access = access;
    this.query = query;
    this.interval = interval;
    this.tracker = tracker;
    this.events = events;
  }

  /**
   * The first look.
   *
   * @throws TcpTableException if it fails
   */
  void begin() {
    look();
  }

  @Override
  public void run() {
    try {
      while (!closed.await(nextLook - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        lookAgain();
      }
    } catch (InterruptedException e) {
      // Only close() ends it otherwise; whoever interrupts this thread wants the same.
      Thread.currentThread().interrupt();
    } finally {
      // After an error, too, nobody is to wait for more.
      events.close();
    }
  }

  private void lookAgain() {
    try {
      look();
      isFailing = false;
    } catch (TcpTableException e) {
      if (!isFailing) {
        events.add(new TcpEvent.LookFailed(Instant.now(), String.valueOf(e.getMessage())));
      }
      isFailing = true;
    }
  }

  private void look() {
    long begin = System.nanoTime();
    nextLook = begin + interval.toNanos();
    TcpTable table = Platforms.reading(access, () -> TcpTable.snapshot(query));
    tracker.look(new Look(table, Instant.now(), begin, System.nanoTime()));
  }

  /** Ends it soon, from any thread. */
  void close() {
    closed.countDown();
  }
}
