// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.CheckReturnValue;
import io.tcptable.TcpQuery;
import io.tcptable.TcpTable;
import io.tcptable.internal.platform.SystemAccess;
import io.tcptable.internal.wording.DurationText;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells what happens to the sockets of a query, from now on. Immutable: each method returns a new
 * request, and {@link #start} carries it out. Safe for use by many threads.
 *
 * <pre>{@code
 * TcpWatch watch = TcpWatch.of(TcpQuery.all().localPort(3001));
 * try (RunningWatch running = watch.start(event -> System.out.println(event.toJson()))) {
 *   Thread.sleep(Duration.ofMinutes(10).toMillis());
 * }
 * }</pre>
 *
 * <p>It takes a look, as {@link TcpTable#snapshot(TcpQuery)} does, once in each interval, and
 * compares it with the one before. The system tells more by itself:
 *
 * <p>{@link Pushes#STATES}: on Linux 5.17 or later with BTF, as root or with CAP_BPF and
 * CAP_PERFMON, an eBPF program at the tracepoint {@code sock:inet_sock_set_state} tells each change
 * of a state with its time, so that no connection is too short to be seen from its opening to its
 * end. It is in the kernel as long as the watch runs, takes the sockets of one network namespace
 * and of the wanted local ports only, and has room for about 100,000 changes that wait to be read
 * (8 MiB). Looks tell the rest: owners, accept queues, {@code accept(2)}. The query must have no
 * conditions on states, owners, interfaces and other network namespaces. It takes the library of
 * {@code tcptable-native}.
 *
 * <p>{@link Pushes#ENDS}: else, on Linux, the kernel tells of each socket as it ends ({@code
 * SKNLGRP_INET_TCP_DESTROY} of {@code linux/sock_diag.h}), so that no connection is too short to be
 * seen closing. For that it takes any binding but {@code java}, and no right. With CAP_NET_ADMIN,
 * the kernel keeps about 15,000 of these records until they are read, and otherwise some 100,
 * unless {@code net.core.rmem_max} is greater; what it could not keep is counted: {@link
 * TcpEvent.Lost}.
 *
 * <p>{@link Pushes#NONE}: elsewhere, what came and went between two looks is not seen, but as far
 * as it left a socket in TIME_WAIT.
 *
 * <p>Where a recording of JDK Flight Recorder runs in this JVM, it has each event, too, as {@code
 * io.tcptable.TcpEvent}, unless the recording disables it; also those that a slow consumer misses.
 *
 * <p>It needs the rights of a snapshot: sockets of other users are seen without privileges, their
 * owners by root only. It keeps some 300 bytes for each socket of the query, one table, and at most
 * {@link #buffer} events that the consumer has not taken yet.
 */
@CheckReturnValue
public final class TcpWatch {

  /** How far apart two looks are unless told otherwise. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);

  /** The least time from one look to the next. */
  public static final Duration SHORTEST_INTERVAL = Duration.ofMillis(10);

  /** From which share of its limit on an accept queue is told of unless told otherwise. */
  public static final double DEFAULT_ACCEPT_QUEUE_SHARE = 0.8;

  /** After how long in CLOSE_WAIT a connection is told of unless told otherwise. */
  public static final Duration DEFAULT_CLOSE_WAIT_LIMIT = Duration.ofMinutes(1);

  /** How many events may wait for the consumer unless told otherwise. */
  public static final int DEFAULT_BUFFER = 10_000;

  private static final Duration LONGEST = Duration.ofDays(1);

  private static final int SMALLEST_BUFFER = 2;

  private final TcpQuery query;
  private final Duration interval;
  private final double acceptQueueShare;
  private final Duration closeWaitLimit;
  private final int buffer;
  private final Pushes most;

  /** Null if nobody takes them. */
  private final @Nullable Consumer<? super TcpTable> looks;

  private TcpWatch(
      TcpQuery query,
      Duration interval,
      double acceptQueueShare,
      Duration closeWaitLimit,
      int buffer,
      Pushes most,
      @Nullable Consumer<? super TcpTable> looks) {
    this.query = query;
    this.interval = interval;
    this.acceptQueueShare = acceptQueueShare;
    this.closeWaitLimit = closeWaitLimit;
    this.buffer = buffer;
    this.most = most;
    this.looks = looks;
  }

  /**
   * A watch of the sockets that a query selects. Where it selects states, a socket that comes into
   * one of them is told as opened, and one that leaves them as closed. Without listeners in it, no
   * event names one.
   */
  public static TcpWatch of(TcpQuery query) {
    Objects.requireNonNull(query, "query");
    return new TcpWatch(
        query,
        DEFAULT_INTERVAL,
        DEFAULT_ACCEPT_QUEUE_SHARE,
        DEFAULT_CLOSE_WAIT_LIMIT,
        DEFAULT_BUFFER,
        Pushes.STATES,
        null);
  }

  /**
   * How far apart two looks are; {@link #DEFAULT_INTERVAL} unless told otherwise.
   *
   * @throws IllegalArgumentException if it is shorter than {@link #SHORTEST_INTERVAL} or longer
   *     than a day
   */
  public TcpWatch every(Duration other) {
    Objects.requireNonNull(other, "other");
    checkRange(other, SHORTEST_INTERVAL);
    return new TcpWatch(query, other, acceptQueueShare, closeWaitLimit, buffer, most, looks);
  }

  /**
   * From which share of its limit on an accept queue is told of; {@link
   * #DEFAULT_ACCEPT_QUEUE_SHARE} unless told otherwise.
   *
   * @param share above 0, and 1 at most
   * @throws IllegalArgumentException if it is out of range
   */
  public TcpWatch acceptQueueShare(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(share + " is not above 0, or is above 1");
    }
    return new TcpWatch(query, interval, share, closeWaitLimit, buffer, most, looks);
  }

  /**
   * After how long in CLOSE_WAIT a connection is told of; {@link #DEFAULT_CLOSE_WAIT_LIMIT} unless
   * told otherwise. It counts from the look on that first saw it there.
   *
   * @throws IllegalArgumentException if it is below 0 or longer than a day
   */
  public TcpWatch closeWaitLimit(Duration longest) {
    Objects.requireNonNull(longest, "longest");
    checkRange(longest, Duration.ZERO);
    return new TcpWatch(query, interval, acceptQueueShare, longest, buffer, most, looks);
  }

  /**
   * How many events may wait for the consumer; {@link #DEFAULT_BUFFER} unless told otherwise. What
   * does not fit is counted: see {@link TcpEvent.Missed}.
   *
   * @param events 2 or more
   * @throws IllegalArgumentException if it is less
   */
  public TcpWatch buffer(int events) {
    if (events < SMALLEST_BUFFER) {
      throw new IllegalArgumentException(events + " is less than " + SMALLEST_BUFFER);
    }
    return new TcpWatch(query, interval, acceptQueueShare, closeWaitLimit, events, most, looks);
  }

  /**
   * By looks alone, even where the system pushes: for a machine on which so many connections end
   * that reading of each costs too much.
   */
  public TcpWatch withoutPushes() {
    return atMost(Pushes.NONE);
  }

  /**
   * Takes no more of what the system pushes than this, even where it pushes more; {@link
   * Pushes#STATES} unless told otherwise. {@link RunningWatch#pushes()} says what it is in the end.
   */
  public TcpWatch atMost(Pushes pushes) {
    Objects.requireNonNull(pushes, "pushes");
    return new TcpWatch(query, interval, acceptQueueShare, closeWaitLimit, buffer, pushes, looks);
  }

  /**
   * Hands over the table of each look as well, so that who wants both events and tables need not
   * look twice. These are the looks of the {@linkplain #every interval}, the first one included,
   * and not those that are taken in between to complete what was pushed; one that fails is a {@link
   * TcpEvent.LookFailed} only. Replaces an earlier consumer.
   *
   * @param consumer is called by the thread that calls the listener, after the events that were
   *     known from that look or before it, and before all later ones. It may keep the table. While
   *     it or the listener takes its time, a table that waits is replaced by the next one. A
   *     subscriber gets it when it has taken the events before. If it throws, the watch ends, as it
   *     does for the listener.
   */
  public TcpWatch eachLook(Consumer<? super TcpTable> consumer) {
    Objects.requireNonNull(consumer, "consumer");
    return new TcpWatch(query, interval, acceptQueueShare, closeWaitLimit, buffer, most, consumer);
  }

  private static void checkRange(Duration duration, Duration shortest) {
    if (duration.compareTo(shortest) < 0 || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(duration + " is not from " + shortest + " to " + LONGEST);
    }
  }

  /**
   * Takes the first look and watches from then on. What was there before is not told, but what is
   * wrong already: a filled accept queue, a second server, and what has been in CLOSE_WAIT for too
   * long from now on.
   *
   * <p>The network namespace is that of the calling thread.
   *
   * @param listener is called with one event after the other, by one thread. It may take its time:
   *     what it misses meanwhile is counted and told. If it throws, the watch ends, and the
   *     exception goes to the {@link Thread.UncaughtExceptionHandler}.
   * @throws io.tcptable.TcpTableException if the first look fails; a later one that fails is a
   *     {@link TcpEvent.LookFailed}
   */
  public RunningWatch start(Consumer<? super TcpEvent> listener) {
    Objects.requireNonNull(listener, "listener");
    RunningWatch running = new RunningWatch(this, listener, () -> {});
    running.request(Long.MAX_VALUE);
    return running.start();
  }

  /**
   * The same for {@link Flow}: each subscription is a watch of its own, which begins when it is
   * made, on the thread that makes it, and ends when it is cancelled. What happens while the
   * subscriber asks for nothing is kept, up to {@link #buffer} events. It never completes; if the
   * first look fails, {@code onError} has the {@link io.tcptable.TcpTableException}.
   */
  public Flow.Publisher<TcpEvent> publisher() {
    return new EventPublisher(this);
  }

  int buffered() {
    return buffer;
  }

  Consumer<? super TcpTable> looks() {
    return looks == null ? table -> {} : looks;
  }

  OpenedPushes openPushes(SystemAccess access) {
    return OpenedPushes.open(access, query, most);
  }

  WatchLoop loop(SystemAccess access, EventQueue events, OpenedPushes pushes) {
    return new WatchLoop(
        access,
        query,
        interval,
        tracker(pushes.kind(), events),
        events,
        looks == null ? table -> {} : events::look,
        pushes.sockets());
  }

  private Tracker tracker(Pushes kind, EventQueue events) {
    return kind == Pushes.STATES
        ? new StateTracker(query, acceptQueueShare, closeWaitLimit, events::add)
        : new SocketTracker(
            query, kind == Pushes.ENDS, acceptQueueShare, closeWaitLimit, events::add);
  }

  /** What it watches, and how. */
  @Override
  public String toString() {
    return "watch of "
        + query
        + " by a look each "
        + DurationText.of(interval)
        + (most == Pushes.NONE ? " alone" : " and by what the system pushes")
        + ", accept queues from "
        + Math.round(100 * acceptQueueShare)
        + " % of their limit, CLOSE_WAIT from "
        + DurationText.of(closeWaitLimit)
        + ", "
        + buffer
        + " events at most wait";
  }
}
