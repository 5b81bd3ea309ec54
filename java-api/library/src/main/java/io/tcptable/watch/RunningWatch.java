// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.concurrent.UninterruptedWait;
import io.tcptable.internal.platform.SystemAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A {@link TcpWatch} that runs, until it is closed. Has two daemon threads, {@code tcptable-watch},
 * which looks, and {@code tcptable-watch-events}, which calls the listener. Safe for use by many
 * threads.
 */
public final class RunningWatch implements AutoCloseable {

  /** A listener that goes on in spite of being interrupted is not waited for any longer. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final String what;
  private final EventQueue queue;
  private final OpenedPushes pushes;
  private final WatchLoop loop;
  private final Thread source;
  private final Thread delivery;

  /**
   * Takes the first look, on this thread.
   *
   * @param afterLast what is to be done once the consumer will not be called any more
   * @throws io.tcptable.TcpTableException if it fails
   */
  RunningWatch(TcpWatch watch, Consumer<? super TcpEvent> consumer, Runnable afterLast) {
    what = watch.toString();
    // What cannot be used at all is told here, as that of any other question.
    TcpTable.binding();
    SystemAccess access = Platforms.access();
    queue = new EventQueue(watch.buffered(), Instant::now);
    pushes = watch.openPushes(access);
    loop = watch.loop(access, queue, pushes);
    source = thread(loop, "tcptable-watch");
    delivery =
        thread(
            new EventDelivery(queue, consumer, watch.looks(), loop::close, afterLast),
            "tcptable-watch-events");
    loop.begin();
  }

  private static Thread thread(Runnable work, String name) {
    Thread thread = new Thread(null, work, name, 0, false);
    thread.setDaemon(true);
    return thread;
  }

  /** Starts the threads: in the network namespace of the thread that calls this. */
  RunningWatch start() {
    source.start();
    delivery.start();
    return this;
  }

  /**
   * Why this watch has looks alone, in one line; empty if the system pushes what ends. A connection
   * that comes and goes between two looks may be missed without pushes.
   */
  public Optional<String> whyNotPushed() {
    return pushes.kind() == Pushes.NONE
        ? Optional.ofNullable(pushes.refusals().get(Pushes.ENDS))
        : Optional.empty();
  }

  /**
   * What the system pushes for this watch. If that ends early, there is a {@link TcpEvent.Lost}.
   */
  public Pushes pushes() {
    return pushes.kind();
  }

  /**
   * Why the system does not push each change of a state for this watch, in one line; empty if it
   * does.
   */
  public Optional<String> whyNotEachState() {
    return Optional.ofNullable(pushes.refusals().get(Pushes.STATES));
  }

  /** The consumer wants so many events more. */
  void request(long more) {
    queue.request(more);
  }

  /** Ends both threads soon: after the event that is being delivered. */
  void stop() {
    loop.close();
    queue.close();
  }

  /**
   * Ends the watch: no event is delivered any more, and both threads have ended when this returns.
   * A listener that is being called is interrupted; if it goes on in spite of that, or is the one
   * that calls this, its thread ends when it returns. Does nothing the second time.
   */
  @Override
  public void close() {
    stop();
    if (!Thread.currentThread().equals(delivery)) {
      delivery.interrupt();
    }
    for (Thread thread : new Thread[] {source, delivery}) {
      if (!thread.equals(Thread.currentThread())) {
        UninterruptedWait.join(thread, LONGEST_WAIT);
      }
    }
  }

  /** What it watches, and how. */
  @Override
  public String toString() {
    return what;
  }
}
