// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.OsProcess;
import io.tcptable.SocketKey;
import io.tcptable.TcpQuery;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.linux.LinuxAccess;
import io.tcptable.watch.TcpEvent.KnownBy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Short connections and some that last, watched through the bindings named as arguments, each with
 * what is to be pushed, at the same time. For a network namespace of its own. Prints how many
 * connections each has told of.
 */
final class WatchMain {

  private static final int PORT = 3001;
  private static final int SHORT = 3_000;
  private static final int LASTING = 10;
  private static final long POLL_NANOS = 1_000_000;
  private static final long MOST_NANOS = 60_000_000_000L;

  private static final class Watched {

    final String binding;
    final Pushes pushes;
    final Queue<TcpEvent> events = new ConcurrentLinkedQueue<>();
    final RunningWatch running;

    /**
     * @param how a binding and what is to be pushed: {@code ffm STATES}
     */
    Watched(String how) {
      binding = how.substring(0, how.indexOf(' '));
      pushes = Pushes.valueOf(how.substring(how.indexOf(' ') + 1));
      running =
          Platforms.reading(
              LinuxAccess.open(binding),
              () ->
                  TcpWatch.of(TcpQuery.all().localPort(PORT))
                      .every(Duration.ofMillis(100))
                      .buffer(100_000)
                      .atMost(pushes)
                      .start(events::add));
      assertThat(running.pushes()).as("%s", running.whyNotEachState()).isEqualTo(pushes);
      assertThat(running.whyNotPushed().isPresent()).as(how).isEqualTo(!isPushed());
    }

    boolean isPushed() {
      return pushes != Pushes.NONE;
    }

    <T extends TcpEvent> List<T> of(Class<T> kind) {
      return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    Set<SocketKey> closed() {
      return of(TcpEvent.Closed.class).stream()
          .map(it -> it.socket().key())
          .collect(Collectors.toSet());
    }

    private Map<String, Long> counts() {
      return events.stream()
          .collect(
              Collectors.groupingBy(it -> it.getClass().getSimpleName(), Collectors.counting()));
    }

    void until(Predicate<Watched> condition, String what) {
      long end = System.nanoTime() + MOST_NANOS;
      while (!condition.test(this)) {
        assertThat(System.nanoTime()).as("%s: %s, of %s", binding, what, counts()).isLessThan(end);
        LockSupport.parkNanos(POLL_NANOS);
      }
    }
  }

  private WatchMain() {}

  public static void main(String[] bindings) throws IOException {
    List<Watched> all = new ArrayList<>();
    int lasting;
    try (ServerSocket server = new ServerSocket(PORT, 100, InetAddress.getLoopbackAddress())) {
      Arrays.stream(bindings).map(Watched::new).forEach(all::add);
      lasting = last(server, all);
      beShort(server);
      for (Watched each : all) {
        each.until(it -> !it.isPushed() || it.closed().size() >= SHORT + lasting, "closings");
      }
    }
    for (Watched each : all) {
      each.until(it -> !it.of(TcpEvent.ListenerClosed.class).isEmpty(), "the end of the listener");
      each.running.close();
      if (each.isPushed()) {
        check(each, lasting);
      }
    }
    assertThat(all.stream().filter(Watched::isPushed).map(Watched::closed).distinct()).hasSize(1);
    for (Watched each : all) {
      System.out.println(
          each.binding
              + " "
              + each.pushes
              + ": "
              + (each.isPushed() ? each.closed().size() + " closed" : "by looks"));
    }
  }

  /** Connections that are seen by looks, too. */
  private static int last(ServerSocket server, List<Watched> all) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < LASTING; i++) {
      sockets.add(new Socket(server.getInetAddress(), PORT));
    }
    for (Watched each : all) {
      each.until(it -> it.of(TcpEvent.Opened.class).size() == LASTING, "openings");
    }
    for (int i = 0; i < LASTING; i++) {
      sockets.add(server.accept());
    }
    for (Watched each : all) {
      each.until(it -> it.of(TcpEvent.Accepted.class).size() == LASTING, "acceptance");
    }
    for (Socket socket : sockets) {
      socket.close();
    }
    for (Watched each : all) {
      each.until(it -> it.of(TcpEvent.Closed.class).size() == LASTING, "closings");
    }
    return LASTING;
  }

  /** Closed in order by the client, in order by the server, and reset. */
  private static void beShort(ServerSocket server) throws IOException {
    for (int i = 0; i < SHORT; i++) {
      Socket client = new Socket(server.getInetAddress(), PORT);
      Socket accepted = server.accept();
      if (i % 3 == 0) {
        client.setSoLinger(true, 0);
      }
      Socket first = i % 3 == 1 ? accepted : client;
      first.close();
      client.close();
      accepted.close();
    }
  }

  /** By their keys, which without cookies may be those of several connections. */
  private static void check(Watched watched, int lasting) {
    Map<SocketKey, List<TcpEvent.OfSocket>> bySocket = new LinkedHashMap<>();
    for (TcpEvent event : watched.events) {
      if (event instanceof TcpEvent.OwnersChanged) {
        // A program that a binding runs as it loads has all descriptors for a moment.
        continue;
      }
      assertThat(event).as(watched.binding).isInstanceOf(TcpEvent.OfSocket.class);
      TcpEvent.OfSocket ofSocket = (TcpEvent.OfSocket) event;
      bySocket.computeIfAbsent(ofSocket.socket().key(), key -> new ArrayList<>()).add(ofSocket);
    }
    if (watched.pushes == Pushes.STATES) {
      checkEachState(watched, bySocket);
    } else {
      checkEnds(watched, bySocket);
    }
    long whole = bySocket.values().stream().filter(it -> isWhole(watched, it)).count();
    assertThat(whole).isGreaterThanOrEqualTo(lasting);
    assertThat(watched.of(TcpEvent.Closed.class).size())
        .as(watched.binding)
        .isEqualTo(SHORT + lasting);
  }

  /** The kernel tells of an end a while after it: a look may be earlier, but of what looks saw. */
  private static void checkEnds(Watched watched, Map<SocketKey, List<TcpEvent.OfSocket>> bySocket) {
    assertThat(bySocket.values().stream().map(it -> it.get(0)))
        .as(watched.binding)
        .filteredOn(TcpEvent.Closed.class::isInstance)
        .isNotEmpty()
        .allMatch(it -> it.knownBy() == KnownBy.PUSHED);
  }

  /** Each change was pushed: none was lost, and none was found by a look alone. */
  private static void checkEachState(
      Watched watched, Map<SocketKey, List<TcpEvent.OfSocket>> bySocket) {
    bySocket.forEach(
        (key, events) -> {
          TcpEvent.OfSocket first = events.get(0);
          if (first instanceof TcpEvent.ListenerClosed) {
            return;
          }
          assertThat(first).as(watched.binding).isInstanceOf(TcpEvent.Opened.class);
          assertThat(((TcpEvent.Opened) first).listener()).as(watched.binding).isPresent();
          assertThat(events)
              .as(watched.binding)
              .allMatch(it -> it instanceof TcpEvent.Accepted || it.knownBy() == KnownBy.PUSHED);
          assertThat(events.stream().map(TcpEvent.OfSocket::at))
              .filteredOn(at -> events.stream().noneMatch(TcpEvent.Accepted.class::isInstance))
              .isSorted();
          TcpEvent.Closed last = (TcpEvent.Closed) events.get(events.size() - 1);
          assertThat(last.livedAtMost()).as(watched.binding).contains(last.livedAtLeast());
          assertThat(last.ending()).as(watched.binding).isNotEqualTo(Ending.NOT_SEEN);
        });
    assertThat(watched.of(TcpEvent.Opened.class)).as(watched.binding).hasSize(SHORT + LASTING);
  }

  /** Whether it was opened, accepted by this process and closed; in this order in any case. */
  private static boolean isWhole(Watched watched, List<TcpEvent.OfSocket> events) {
    List<String> kinds = events.stream().map(it -> it.getClass().getSimpleName()).toList();
    if (kinds.equals(List.of("ListenerClosed"))) {
      return false;
    }
    assertThat(kinds.get(kinds.size() - 1))
        .as("%s: %s", watched.binding, kinds)
        .isEqualTo("Closed");
    assertThat(String.join(" ", kinds))
        .as(watched.binding)
        .matches("(Opened (Accepted )?(StateChanged (Accepted )?)*)?Closed");
    List<TcpEvent.Accepted> accepted =
        events.stream()
            .filter(TcpEvent.Accepted.class::isInstance)
            .map(TcpEvent.Accepted.class::cast)
            .toList();
    return !accepted.isEmpty()
        && accepted.get(0).listener().isPresent()
        && accepted.get(0).socket().owners().stream()
            .map(OsProcess::pid)
            .toList()
            .equals(List.of(ProcessHandle.current().pid()));
  }
}
