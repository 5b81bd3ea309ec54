// SPDX-License-Identifier: Apache-2.0
package io.tcptable.guard;

import io.tcptable.TcpQuery;
import io.tcptable.TcpTableException;
import io.tcptable.watch.RunningWatch;
import io.tcptable.watch.TcpEvent;
import io.tcptable.watch.TcpWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What happened to the sockets of a port in the last minutes, in bounded memory. Safe for use by
 * the threads of the watch and of the guard.
 */
final class SocketHistory implements AutoCloseable {

  /** Of those that come with each connection, and of the others, which they must not displace. */
  static final int MOST = 2_000;

  /** Before the server is restarted, beside the time that it was bad. */
  private static final Duration MEMORY = Duration.ofMinutes(10);

  private final Duration memory;
  private final Deque<TcpEvent> ofConnections = new ArrayDeque<>();
  private final Deque<TcpEvent> others = new ArrayDeque<>();
  private long missed;
  private Instant lastMissed = Instant.MIN;
  private @Nullable RunningWatch watch;

  /**
   * @param badFor how long the server may be bad before it is restarted
   */
  SocketHistory(Duration badFor) {
    memory = badFor.plus(MEMORY);
  }

  /**
   * Watches a port from now on, by looks alone: to read each change that the kernel pushes costs
   * more than a guard of a busy server may, which runs for months. If that is impossible, the
   * reason is the only event.
   */
  void watch(int port, Duration interval) {
    try {
      watch =
          TcpWatch.of(TcpQuery.all().localPort(port))
              .every(interval)
              .withoutPushes()
              .start(this::add);
    } catch (TcpTableException e) {
      add(new TcpEvent.LookFailed(Instant.now(), String.valueOf(e.getMessage())));
    }
  }

  synchronized void add(TcpEvent event) {
    Deque<TcpEvent> events = isOfEachConnection(event) ? ofConnections : others;
    forget(events, event.at());
    if (events.size() == MOST) {
      missed = isForgotten(lastMissed, event.at()) ? 1 : missed + 1;
      lastMissed = events.removeFirst().at();
    }
    events.addLast(event);
  }

  private void forget(Deque<TcpEvent> events, Instant now) {
    while (!events.isEmpty() && isForgotten(events.getFirst().at(), now)) {
      events.removeFirst();
    }
  }

  private boolean isForgotten(Instant at, Instant now) {
    return at.isBefore(now.minus(memory));
  }

  private static boolean isOfEachConnection(TcpEvent event) {
    return event instanceof TcpEvent.Opened
        || event instanceof TcpEvent.Accepted
        || event instanceof TcpEvent.StateChanged
        || event instanceof TcpEvent.Closed;
  }

  /** The events as JSON, one a line, the oldest first. What did not fit is told as missed. */
  synchronized String toJsonLines(Instant now) {
    forget(ofConnections, now);
    forget(others, now);
    Stream<TcpEvent> left =
        isForgotten(lastMissed, now)
            ? Stream.of()
            : Stream.of(new TcpEvent.Missed(lastMissed, missed));
    return Stream.of(left, ofConnections.stream(), others.stream())
        .flatMap(it -> it)
        .sorted(Comparator.comparing(TcpEvent::at))
        .map(it -> it.toJson() + "\n")
        .collect(Collectors.joining());
  }

  @Override
  public void close() {
    RunningWatch running = watch;
    if (running != null) {
      running.close();
    }
  }
}
