// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.ListenAddress;
import io.tcptable.OsProcess;
import io.tcptable.TcpSocket;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Who listens on a port right now. */
final class Listeners {

  private Listeners() {}

  static Set<OsProcess> owners(Collection<TcpSocket> sockets) {
    return sockets.stream()
        .flatMap(socket -> socket.owners().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** {@code python3(42)}, or that the owner cannot be seen. */
  static String names(Collection<TcpSocket> sockets) {
    Set<OsProcess> owners = owners(sockets);
    boolean hidden = sockets.stream().anyMatch(socket -> socket.owners().isEmpty());
    String known = Processes.names(owners);
    if (!hidden) {
      return known;
    }
    return (known.isEmpty() ? "" : known + " and ") + "a process that this user cannot see";
  }

  /** {@code python3(42) listens on 127.0.0.1:3001}; of several, that they {@code listen}. */
  static String sentence(Collection<TcpSocket> sockets) {
    return sentence(sockets, "");
  }

  /**
   * The same.
   *
   * @param adverb what stands before the verb, such as {@code "still "}
   */
  static String sentence(Collection<TcpSocket> sockets, String adverb) {
    boolean hidden = sockets.stream().anyMatch(socket -> socket.owners().isEmpty());
    boolean isOne = owners(sockets).size() + (hidden ? 1 : 0) == 1;
    return names(sockets)
        + " "
        + adverb
        + (isOne ? "listens" : "listen")
        + " on "
        + addresses(sockets);
  }

  /** {@code 127.0.0.1:3001, [::1]:3001}. */
  static String addresses(Collection<TcpSocket> sockets) {
    return sockets.stream()
        .map(ListenAddress::of)
        .map(ListenAddress::toString)
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
