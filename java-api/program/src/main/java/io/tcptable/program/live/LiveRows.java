// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.live;

import io.tcptable.Endpoint;
import io.tcptable.ListenAddress;
import io.tcptable.OsProcess;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.program.list.OwnersText;
import io.tcptable.watch.WatchedSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes rows of a look. */
final class LiveRows {

  /** What connections that came through no listener here are called. */
  static final String NO_LISTENER = "(no listener)";

  private LiveRows() {}

  /** Each socket. */
  static List<LiveRow> ofSockets(List<TcpSocket> sockets) {
    return sockets.stream().map(socket -> row(socket, Map.of())).toList();
  }

  /** A connection that no look has seen, as it ended. */
  static LiveRow ended(WatchedSocket socket) {
    return new LiveRow(
        socket.key(),
        socket.local().port(),
        TcpState.CLOSED,
        socket.local().toString(),
        socket.remote().toString(),
        new OwnersText(socket.ownership(), socket.owners()),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Map.of());
  }

  /** Each listener with its connections, and the other connections of each owner. */
  static List<LiveRow> ofListeners(List<TcpSocket> sockets) {
    Map<Integer, List<TcpSocket>> listeners = new HashMap<>();
    Map<TcpSocket, Map<TcpState, Integer>> counts = new LinkedHashMap<>();
    for (TcpSocket socket : sockets) {
      if (socket.state() == TcpState.LISTEN) {
        listeners.computeIfAbsent(socket.localPort(), port -> new ArrayList<>()).add(socket);
        counts.put(socket, new EnumMap<>(TcpState.class));
      }
    }
    Map<String, OwnersText> strangers = new LinkedHashMap<>();
    Map<String, Map<TcpState, Integer>> strangerCounts = new HashMap<>();
    for (TcpSocket socket : sockets) {
      if (socket.state() != TcpState.LISTEN) {
        Optional<TcpSocket> listener =
            listenerOf(socket, listeners.getOrDefault(socket.localPort(), List.of()));
        Map<TcpState, Integer> count;
        if (listener.isPresent()) {
          count = counts.getOrDefault(listener.get(), new EnumMap<>(TcpState.class));
        } else {
          OwnersText owners = new OwnersText(socket);
          strangers.putIfAbsent(owners.full(), owners);
          count =
              strangerCounts.computeIfAbsent(owners.full(), it -> new EnumMap<>(TcpState.class));
        }
        count.merge(socket.state(), 1, Integer::sum);
      }
    }
    List<LiveRow> rows = new ArrayList<>();
    counts.forEach((listener, count) -> rows.add(row(listener, count)));
    strangers.forEach(
        (key, owners) -> rows.add(stranger(owners, strangerCounts.getOrDefault(key, Map.of()))));
    return rows;
  }

  /** Of several on one address, the one with the same owner. */
  private static Optional<TcpSocket> listenerOf(TcpSocket socket, List<TcpSocket> listeners) {
    if (listeners.isEmpty()) {
      return Optional.empty();
    }
    ListenAddress local = ListenAddress.of(socket);
    List<TcpSocket> possible =
        listeners.stream().filter(it -> ListenAddress.of(it).conflictsWith(local)).toList();
    List<OsProcess> owners = socket.owners();
    return possible.stream()
        .filter(it -> !Collections.disjoint(it.owners(), owners))
        .findFirst()
        .or(() -> possible.stream().findFirst());
  }

  private static LiveRow row(TcpSocket socket, Map<TcpState, Integer> connections) {
    boolean listens = socket.state() == TcpState.LISTEN;
    Endpoint remote = socket.remote();
    return new LiveRow(
        socket.key(),
        socket.localPort(),
        socket.state(),
        ListenAddress.of(socket).toString(),
        listens || remote.port() == 0 ? "" : remote.toString(),
        new OwnersText(socket),
        socket.receiveQueue(),
        listens ? socket.sendQueue() : OptionalLong.empty(),
        connections);
  }

  private static LiveRow stranger(OwnersText owners, Map<TcpState, Integer> connections) {
    return new LiveRow(
        NO_LISTENER + owners.full(),
        0,
        TcpState.UNKNOWN,
        NO_LISTENER,
        "",
        owners,
        OptionalLong.empty(),
        OptionalLong.empty(),
        connections);
  }
}
