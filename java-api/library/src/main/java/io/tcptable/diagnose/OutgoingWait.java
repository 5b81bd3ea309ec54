// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Endpoint;
import io.tcptable.OsProcess;
import io.tcptable.TcpDetail;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.process.ProcessStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Requests of a server to another one that are not answered.
 *
 * @param to who was asked
 * @param pids the processes of the server that have asked
 * @param connections on how many connections
 * @param longest how long ago the oldest of these requests was sent
 * @param isNew whether any was sent since the health check began, so that it may be for its sake
 * @param isAccepted whether the other server has accepted at least one of the connections
 * @param owners who listens there, if it is on this machine
 * @param areStopped whether all of these are stopped
 */
record OutgoingWait(
    Endpoint to,
    Set<Long> pids,
    int connections,
    Duration longest,
    boolean isNew,
    boolean isAccepted,
    List<OsProcess> owners,
    boolean areStopped) {

  private record Ports(int local, int remote) {}

  /** Sooner than this any answer may be under way. */
  private static final Duration SHORTEST = Duration.ofMillis(300);

  private static final Duration TOLERANCE = Duration.ofMillis(100);

  /**
   * The one with most connections, of the processes of a server.
   *
   * @param server the PIDs of the server
   * @param probing how long the health check has been under way
   */
  static Optional<OutgoingWait> of(Set<Long> server, Duration probing) {
    TcpTable all =
        TcpTable.snapshot(
            TcpQuery.all()
                .states(TcpState.LISTEN, TcpState.ESTABLISHED, TcpState.SYN_SENT)
                .withDetail());
    Set<Integer> listening =
        all.listeners().stream().map(TcpSocket::localPort).collect(Collectors.toSet());
    Map<Endpoint, List<TcpSocket>> waiting = new HashMap<>();
    for (TcpSocket socket : all) {
      if (!listening.contains(socket.localPort())
          && socket.owners().stream().anyMatch(owner -> server.contains(owner.pid()))
          && socket.detail().filter(OutgoingWait::isUnanswered).isPresent()) {
        waiting.computeIfAbsent(socket.remote().unmapped(), it -> new ArrayList<>()).add(socket);
      }
    }
    Map<Ports, List<TcpSocket>> ends =
        all.stream()
            .collect(Collectors.groupingBy(end -> new Ports(end.localPort(), end.remotePort())));
    return waiting.entrySet().stream()
        .map(it -> of(it.getKey(), it.getValue(), all, ends, probing))
        .max(Comparator.comparing(OutgoingWait::isNew).thenComparingInt(OutgoingWait::connections));
  }

  /** Whether the last that happened on a connection is that something was sent, a while ago. */
  private static boolean isUnanswered(TcpDetail detail) {
    return detail.lastSent().compareTo(SHORTEST) >= 0
        && detail.lastReceived().compareTo(detail.lastSent()) >= 0;
  }

  private static OutgoingWait of(
      Endpoint to,
      List<TcpSocket> sockets,
      TcpTable all,
      Map<Ports, List<TcpSocket>> byPorts,
      Duration probing) {
    List<Duration> ages =
        sockets.stream().flatMap(s -> s.detail().stream()).map(TcpDetail::lastSent).toList();
    List<TcpSocket> ends =
        sockets.stream().flatMap(socket -> otherEnd(socket, byPorts).stream()).toList();
    List<OsProcess> owners =
        ends.isEmpty()
            ? List.of()
            : all.listeners().stream()
                .filter(listener -> listener.localPort() == to.port())
                .flatMap(listener -> listener.owners().stream())
                .distinct()
                .toList();
    return new OutgoingWait(
        to,
        sockets.stream()
            .flatMap(socket -> socket.owners().stream())
            .map(OsProcess::pid)
            .collect(Collectors.toUnmodifiableSet()),
        sockets.size(),
        ages.stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO),
        ages.stream().anyMatch(age -> age.compareTo(probing.plus(TOLERANCE)) <= 0),
        ends.isEmpty() || ends.stream().anyMatch(end -> end.inode().orElse(1) != 0),
        owners,
        !owners.isEmpty() && owners.stream().allMatch(OutgoingWait::isStopped));
  }

  /** The same connection, seen from the server that was asked; empty if that is elsewhere. */
  private static Optional<TcpSocket> otherEnd(
      TcpSocket socket, Map<Ports, List<TcpSocket>> byPorts) {
    return byPorts
        .getOrDefault(new Ports(socket.remotePort(), socket.localPort()), List.of())
        .stream()
        .filter(end -> end.remote().address().equals(socket.local().address()))
        .findFirst();
  }

  private static boolean isStopped(OsProcess owner) {
    return owner
        .status()
        .filter(status -> status.state() == ProcessStatus.State.STOPPED)
        .isPresent();
  }

  /** Whether the server has asked itself. */
  boolean isSelf(Observations observed) {
    return to.port() == observed.port()
        && observed.ownersOf(observed.listeners()).stream().anyMatch(pids::contains)
        && !owners.isEmpty();
  }
}
