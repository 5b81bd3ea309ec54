// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.ListenAddress;
import io.tcptable.OsProcess;
import io.tcptable.TcpSocket;
import io.tcptable.TcpTable;
import io.tcptable.internal.server.LiveProcess;
import io.tcptable.internal.server.PortSharing;
import io.tcptable.internal.server.ServerGroups;
import io.tcptable.process.NetworkNamespace;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** On which ports independent servers listen that clients cannot tell apart. */
final class SecondServers {

  private record Place(int port, Optional<NetworkNamespace> namespace) {}

  /**
   * What was found of the listeners of one port.
   *
   * @param owners of each listener
   */
  private record Found(List<List<OsProcess>> owners, int servers) {}

  private Map<Place, Found> found = new HashMap<>();

  /**
   * Tells of the ports with more of them than at the look before.
   *
   * @param firstSeen when a listener was first seen
   */
  void look(Look look, ToLongFunction<TcpSocket> firstSeen, Consumer<TcpEvent> events) {
    Map<Place, Found> now = new HashMap<>();
    owned(look.table())
        .forEach(
            (place, listeners) -> {
              List<List<OsProcess>> owners = listeners.stream().map(TcpSocket::owners).toList();
              if (owners.stream().distinct().count() < 2) {
                return;
              }
              Found before = found.get(place);
              if (before != null && before.owners().equals(owners)) {
                // To find out who belongs together takes longer.
                now.put(place, before);
                return;
              }
              List<Set<Long>> servers = servers(listeners);
              now.put(place, new Found(owners, servers.size()));
              if (servers.size() > (before == null ? 1 : before.servers())) {
                tell(look, listeners, servers, firstSeen, events);
              }
            });
    found = now;
  }

  private static Map<Place, List<TcpSocket>> owned(TcpTable table) {
    return table.listeners().stream()
        .filter(it -> !it.owners().isEmpty())
        .sorted(TcpSocket.LISTENERS_FIRST)
        .collect(Collectors.groupingBy(it -> new Place(it.localPort(), it.namespace())));
  }

  private static List<Set<Long>> servers(List<TcpSocket> listeners) {
    Map<Long, OsProcess> owners = new HashMap<>();
    listeners.forEach(it -> it.owners().forEach(owner -> owners.put(owner.pid(), owner)));
    return ServerGroups.of(
        listeners.stream().map(it -> it.owners().stream().map(OsProcess::pid).toList()).toList(),
        pid -> Optional.ofNullable(owners.get(pid)).map(LiveProcess::new));
  }

  private static void tell(
      Look look,
      List<TcpSocket> listeners,
      List<Set<Long>> servers,
      ToLongFunction<TcpSocket> firstSeen,
      Consumer<TcpEvent> events) {
    TcpSocket last =
        listeners.stream()
            .max(
                Comparator.comparingLong(firstSeen)
                    .thenComparing(it -> it.owners().get(0).startedAt()))
            .orElseThrow();
    Set<Long> own =
        servers.stream()
            .filter(pids -> pids.contains(last.owners().get(0).pid()))
            .findFirst()
            .orElse(Set.of());
    ListenAddress here = ListenAddress.of(last);
    List<WatchedSocket> others =
        listeners.stream()
            .filter(it -> !own.contains(it.owners().get(0).pid()))
            .filter(it -> PortSharing.of(here, ListenAddress.of(it)).overlaps())
            .map(WatchedSocket::of)
            .toList();
    if (!others.isEmpty()) {
      events.accept(
          new TcpEvent.SecondServer(
              look.at(), TcpEvent.KnownBy.BETWEEN_LOOKS, WatchedSocket.of(last), others));
    }
  }
}
