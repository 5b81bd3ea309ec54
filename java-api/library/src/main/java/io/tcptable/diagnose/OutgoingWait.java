// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Endpoint;
import io.tcptable.OsProcess;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
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
 * @param isNew whether any was sent during the health check, so that it may be for its sake
 * @param isAccepted whether the other server has accepted at least one of the connections
 * @param place where the other server is
 * @param server what was seen of it there; empty if it is not on this machine, or was not looked at
 */
record OutgoingWait(
    Endpoint to,
    Set<Long> pids,
    int connections,
    Duration longest,
    boolean isNew,
    boolean isAccepted,
    UpstreamPlace place,
    Optional<UpstreamServer> server) {

  /** A connection on which something was sent, and for how long that was not answered. */
  private record Request(TcpSocket socket, Duration age) {}

  private static final Duration TOLERANCE = Duration.ofMillis(100);

  /**
   * The one with most connections, of the processes of a server.
   *
   * @param asking the PIDs of the server
   * @param began how long ago the health check began
   * @param ended how long ago it ended; zero while it is under way
   */
  static Optional<OutgoingWait> of(Set<Long> asking, Duration began, Duration ended) {
    TcpTable all =
        TcpTable.snapshot(
            TcpQuery.all()
                .states(TcpState.LISTEN, TcpState.ESTABLISHED, TcpState.SYN_SENT)
                .withDetail());
    Set<Integer> listening =
        all.listeners().stream().map(TcpSocket::localPort).collect(Collectors.toSet());
    Map<Endpoint, List<Request>> waiting = new HashMap<>();
    for (TcpSocket socket : all) {
      if (!listening.contains(socket.localPort())
          && socket.owners().stream().anyMatch(owner -> asking.contains(owner.pid()))) {
        UnansweredRequest.age(socket)
            .ifPresent(
                age ->
                    waiting
                        .computeIfAbsent(socket.remote().unmapped(), it -> new ArrayList<>())
                        .add(new Request(socket, age)));
      }
    }
    return waiting.entrySet().stream()
        .max(
            Comparator.comparing(
                    (Map.Entry<Endpoint, List<Request>> it) -> isNew(it.getValue(), began, ended))
                .thenComparingInt(it -> it.getValue().size()))
        .map(it -> of(it.getKey(), it.getValue(), isNew(it.getValue(), began, ended), all));
  }

  private static boolean isNew(List<Request> requests, Duration began, Duration ended) {
    return requests.stream()
        .anyMatch(
            it -> it.age.compareTo(began.plus(TOLERANCE)) <= 0 && it.age.compareTo(ended) >= 0);
  }

  private static OutgoingWait of(
      Endpoint to, List<Request> requests, boolean isNew, TcpTable here) {
    List<TcpSocket> sockets = requests.stream().map(Request::socket).toList();
    OtherEnds ends = OtherEnds.of(sockets, here);
    return new OutgoingWait(
        to,
        sockets.stream()
            .flatMap(socket -> socket.owners().stream())
            .map(OsProcess::pid)
            .collect(Collectors.toUnmodifiableSet()),
        sockets.size(),
        requests.stream().map(Request::age).max(Comparator.naturalOrder()).orElse(Duration.ZERO),
        isNew,
        ends.sockets().isEmpty()
            ? sockets.stream().anyMatch(it -> it.state() != TcpState.SYN_SENT)
            : ends.sockets().stream().anyMatch(end -> end.inode().orElse(1) != 0),
        ends.place(),
        Optional.empty());
  }

  /** The same, with what was seen of the other server. */
  OutgoingWait with(UpstreamServer seen) {
    return new OutgoingWait(
        to, pids, connections, longest, isNew, isAccepted, place, Optional.of(seen));
  }

  /** Whether the server has asked itself. */
  boolean isSelf(Observations observed) {
    return to.port() == observed.port()
        && place.isHere()
        && observed.ownersOf(observed.listeners()).stream().anyMatch(pids::contains);
  }
}
