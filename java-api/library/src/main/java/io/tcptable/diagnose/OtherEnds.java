// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Endpoint;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;

/**
 * Connections to one server, seen from that server.
 *
 * @param place where it is
 * @param sockets those of the connections that were found there
 */
record OtherEnds(UpstreamPlace place, List<TcpSocket> sockets) {

  /** In one network namespace. */
  private record Found(long member, List<TcpSocket> sockets) {}

  /**
   * Finds them.
   *
   * @param connections of this network namespace, to the same remote address
   * @param here the sockets of this network namespace
   */
  static OtherEnds of(List<TcpSocket> connections, TcpTable here) {
    Endpoint to = connections.get(0).remote().unmapped();
    List<Found> found = new ArrayList<>();
    UpstreamPlace place =
        UpstreamPlace.at(
            to.address(),
            members -> {
              members.forEach(member -> found.add(new Found(member, in(member, connections, to))));
              return choice(found, connections);
            });
    return new OtherEnds(
        place,
        place.isHere()
            ? of(connections, here, to)
            : found.stream()
                .filter(it -> place.member().equals(OptionalLong.of(it.member)))
                .findFirst()
                .map(Found::sockets)
                .orElse(List.of()));
  }

  /**
   * The namespace that has another end, since more than one may have the address. A connection that
   * is not established has none: then the only one that has the address.
   */
  private static OptionalLong choice(List<Found> found, List<TcpSocket> connections) {
    Optional<Found> proved =
        found.stream()
            .filter(it -> !it.sockets.isEmpty())
            .max(Comparator.comparingInt(it -> it.sockets.size()));
    boolean isEstablished = connections.stream().anyMatch(it -> it.state() != TcpState.SYN_SENT);
    Optional<Found> only =
        isEstablished || found.size() != 1 ? Optional.empty() : Optional.of(found.get(0));
    return proved.or(() -> only).map(it -> OptionalLong.of(it.member)).orElse(OptionalLong.empty());
  }

  private static List<TcpSocket> in(long member, List<TcpSocket> connections, Endpoint to) {
    try {
      return of(
          connections,
          TcpTable.snapshot(TcpQuery.all().inNamespaceOf(member).localPort(to.port())),
          to);
    } catch (TcpTableException e) {
      // It has ended, or this user may not look there.
      return List.of();
    }
  }

  /** By its local address and both ports: a rule on the way may replace the remote address. */
  private static List<TcpSocket> of(
      List<TcpSocket> connections, Iterable<TcpSocket> all, Endpoint to) {
    return StreamSupport.stream(all.spliterator(), false)
        .filter(end -> end.state() != TcpState.LISTEN && end.local().unmapped().equals(to))
        .filter(end -> connections.stream().anyMatch(it -> it.localPort() == end.remotePort()))
        .toList();
  }
}
