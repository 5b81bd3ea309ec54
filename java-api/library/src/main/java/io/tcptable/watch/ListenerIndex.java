// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.ListenAddress;
import io.tcptable.TcpSocket;
import io.tcptable.TcpTable;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Through which listener of a table a connection came in. Made when first asked. */
final class ListenerIndex {

  private final TcpTable table;
  private @Nullable Map<Integer, List<TcpSocket>> byPort;

  ListenerIndex(TcpTable table) {
    this.table = table;
  }

  /**
   * The listener that takes connections to there; of several, one whose owner has the connection
   * too, and one of that very address rather than of all.
   */
  Optional<WatchedSocket> of(TcpSocket connection) {
    List<TcpSocket> candidates = onPort(connection.localPort());
    if (candidates.isEmpty() || connection.remotePort() == 0) {
      return Optional.empty();
    }
    ListenAddress here = ListenAddress.of(connection);
    return candidates.stream()
        .filter(it -> it.namespace().equals(connection.namespace()))
        .filter(it -> ListenAddress.of(it).takes(here))
        .min(
            Comparator.comparing(
                    (TcpSocket it) -> Collections.disjoint(it.owners(), connection.owners()))
                .thenComparing(it -> it.local().isWildcard()))
        .map(WatchedSocket::of);
  }

  private List<TcpSocket> onPort(int port) {
    Map<Integer, List<TcpSocket>> known = byPort;
    if (known == null) {
      known = table.listeners().stream().collect(Collectors.groupingBy(TcpSocket::localPort));
      byPort = known;
    }
    return known.getOrDefault(port, List.of());
  }
}
