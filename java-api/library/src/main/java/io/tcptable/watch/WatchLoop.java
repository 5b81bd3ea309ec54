// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.Endpoint;
import io.tcptable.SocketKey;
import io.tcptable.TcpQuery;
import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.platform.PushedSockets;
import io.tcptable.internal.platform.SourceException;
import io.tcptable.internal.platform.StateChange;
import io.tcptable.internal.platform.SystemAccess;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks again and again, and reads what the system pushes in between, on a thread that nothing but
 * the system keeps waiting.
 */
final class WatchLoop implements Runnable {

  private static final int V4_SIZE = 4;

  /** What comes within this time after a push is read together, so that each costs little. */
  private static final long TOGETHER = TimeUnit.MILLISECONDS.toNanos(5);

  private final SystemAccess access;
  private final TcpQuery query;
  private final Duration interval;
  private final Tracker tracker;
  private final EventQueue events;
  private final Consumer<TcpTable> looks;
  private final WatchClock clock = new WatchClock();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** What the system pushes; null if it pushes nothing. */
  private volatile @Nullable PushedSockets pushes;

  /** Whether the last look has failed. */
  private boolean isFailing;

  /** Whether the first look was taken. */
  private boolean isLookedAt;

  private long nextLook;

  /** When the next look of the interval is due: looks in between do not put it off. */
  private long due = System.nanoTime();

  /**
   * @param looks takes the table of each look of the interval
   * @param pushes what the system pushes, if it does; closed when this ends
   */
  WatchLoop(
      SystemAccess access,
      TcpQuery query,
      Duration interval,
      Tracker tracker,
      EventQueue events,
      Consumer<TcpTable> looks,
      @Nullable PushedSockets pushes) {
    this.access = access;
    this.query = query;
    this.interval = interval;
    this.tracker = tracker;
    this.events = events;
    this.looks = looks;
    this.pushes = pushes;
  }

  /**
   * The first look.
   *
   * @throws TcpTableException if it fails; then this is over
   */
  void begin() {
    try {
      look();
    } catch (RuntimeException e) {
      end();
      throw e;
    }
  }

  @Override
  public void run() {
    try {
      while (!isClosedAfter(nextLook - System.nanoTime())) {
        if (nextLook - System.nanoTime() <= 0) {
          lookAgain();
        }
      }
    } catch (InterruptedException e) {
      // Only close() ends it otherwise; whoever interrupts this thread wants the same.
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  private void end() {
    PushedSockets opened = pushes;
    if (opened != null) {
      opened.close();
    }
    // After an error, too, nobody is to wait for more.
    events.close();
  }

  /** Waits so long, or for a push and what comes with it. Returns whether this was closed. */
  private boolean isClosedAfter(long nanos) throws InterruptedException {
    PushedSockets opened = pushes;
    if (opened == null) {
      return closed.await(nanos, TimeUnit.NANOSECONDS);
    }
    try {
      opened.await((int) Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos) + 1));
      boolean isOver = closed.getCount() == 0;
      return isOver
          || (readPushes(opened) && closed.await(Math.min(nanos, TOGETHER), TimeUnit.NANOSECONDS));
    } catch (SourceException e) {
      stopPushes(opened);
      return false;
    }
  }

  /** Whether there were some. */
  private boolean readPushes(PushedSockets opened) {
    PushedSockets.Reading reading = opened.read(new Told(clock.now()));
    if (reading.isLossy()) {
      tellLost(reading.lost() > 0 ? OptionalLong.of(reading.lost()) : OptionalLong.empty());
    }
    if (tracker.wantsLook()) {
      nextLook = System.nanoTime();
    }
    return reading.sockets() > 0;
  }

  /** What the tracker is told. */
  private final class Told implements PushedSockets.Sink {

    private final Instant now;

    /**
     * @param now when the reading begins
     */
    Told(Instant now) {
      this.now = now;
    }

    @Override
    public void ended(long cookie, byte[] local, int localPort, byte[] remote, int remotePort) {
      tracker.ended(
          SocketKey.ofCookie(cookie),
          endpoint(local, localPort),
          endpoint(remote, remotePort),
          now,
          System.nanoTime());
    }

    @Override
    public void changed(StateChange change) {
      tracker.changed(
          PushedState.of(
              change,
              endpoint(change.local(), change.localPort()),
              endpoint(change.remote(), change.remotePort()),
              clock.at(change.nanos())));
    }
  }

  private void tellLost(OptionalLong records) {
    tracker.lost();
    events.add(new TcpEvent.Lost(clock.now(), records));
    nextLook = System.nanoTime();
  }

  /** From now on there are looks only. */
  private void stopPushes(PushedSockets opened) {
    pushes = null;
    opened.close();
    tracker.stopPushes();
    tellLost(OptionalLong.empty());
  }

  /** An IPv4-mapped address stays one, as in a table. */
  private static Endpoint endpoint(byte[] address, int port) {
    try {
      return Endpoint.of(
          address.length == V4_SIZE
              ? InetAddress.getByAddress(address)
              : Inet6Address.getByAddress(null, address, -1),
          port);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 and 16 bytes are legal", e);
    }
  }

  private void lookAgain() {
    readWhatIsPushed();
    try {
      look();
      isFailing = false;
    } catch (TcpTableException e) {
      if (!isFailing) {
        events.add(new TcpEvent.LookFailed(clock.now(), String.valueOf(e.getMessage())));
      }
      isFailing = true;
    }
  }

  private void look() {
    tracker.startLook();
    long begin = System.nanoTime();
    boolean isDue = begin - due >= 0;
    if (isDue) {
      due += interval.toNanos();
      // What is too late is left out.
      due = due - begin <= 0 ? begin + interval.toNanos() : due;
    }
    nextLook = due;
    TcpTable table = Platforms.reading(access, () -> TcpTable.snapshot(query));
    Look look = new Look(table, clock.now(), begin, System.nanoTime());
    readWhatIsPushed();
    tracker.look(look);
    if (isDue) {
      looks.accept(table);
    }
  }

  /** So that the look knows nothing newer. */
  private void readWhatIsPushed() {
    PushedSockets opened = pushes;
    if (opened != null && isLookedAt && tracker.isAheadOfLooks()) {
      try {
        readPushes(opened);
      } catch (SourceException e) {
        stopPushes(opened);
      }
    }
    isLookedAt = true;
  }

  /** Ends it soon, from any thread. */
  void close() {
    closed.countDown();
    PushedSockets opened = pushes;
    if (opened != null) {
      opened.wake();
    }
  }
}
