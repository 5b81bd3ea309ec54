// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.OsProcess;
import io.tcptable.TcpSocket;
import io.tcptable.TcpTable;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The listening sockets of a server, by which those are known that share them with it, such as
 * workers forked after the table was read. Empty where the system does not number sockets.
 */
record SharedSockets(Set<Long> inodes) {

  static SharedSockets of(TcpTable table) {
    return new SharedSockets(
        table.listeners().stream()
            .flatMap(socket -> socket.inode().stream().boxed())
            .collect(Collectors.toSet()));
  }

  /** Who of those that listen now shares them. */
  List<OsProcess> owners(Collection<TcpSocket> listeners) {
    return listeners.stream()
        .filter(socket -> socket.inode().stream().anyMatch(inodes::contains))
        .flatMap(socket -> socket.owners().stream())
        .distinct()
        .toList();
  }
}
