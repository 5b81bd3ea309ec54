// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.server;

import io.tcptable.ListenAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is looked at: a port, or one address of it.
 *
 * @param port the port
 * @param address the only address that counts; empty for all of them
 */
public record PortScope(int port, Optional<ListenAddress> address) {

  /** All addresses of a port. */
  public static PortScope of(int port) {
    return new PortScope(port, Optional.empty());
  }

  /** One address of its port. */
  public static PortScope of(ListenAddress address) {
    return new PortScope(address.port(), Optional.of(address));
  }

  /** Whether a listener there has to do with it: whether both have an address in common. */
  public boolean concerns(ListenAddress listener) {
    return address.isEmpty() || address.get().conflictsWith(listener);
  }

  /**
   * Those that have to do with it: listeners, and connections that these have accepted, or that no
   * listener has accepted and that lie in the scope themselves.
   *
   * @param sockets all of the port
   * @param as what a socket is like
   */
  public <T> List<T> of(Collection<T> sockets, Function<T, PortSocket> as) {
    if (address.isEmpty()) {
      return List.copyOf(sockets);
    }
    List<PortSocket> listeners = sockets.stream().map(as).filter(PortSocket::listens).toList();
    return sockets.stream().filter(it -> concerns(as.apply(it), listeners)).toList();
  }

  private boolean concerns(PortSocket socket, List<PortSocket> listeners) {
    ListenAddress local =
        socket.listens()
            ? socket.local()
            : PortSocket.listenerOf(socket, listeners)
                .map(PortSocket::local)
                .orElse(socket.local());
    return concerns(local);
  }

  /**
   * Whether of some servers two have nothing to do with each other: where the scope is a port,
   * servers that no client can mistake for one another; where it is one address, all that are not
   * on the very same.
   *
   * @param servers where each of them listens
   */
  public boolean hasApart(Collection<List<ListenAddress>> servers) {
    return servers.stream()
        .anyMatch(one -> servers.stream().anyMatch(other -> areApart(one, other)));
  }

  private boolean areApart(List<ListenAddress> one, List<ListenAddress> other) {
    return one.stream().noneMatch(a -> other.stream().anyMatch(b -> areTogether(a, b)));
  }

  private boolean areTogether(ListenAddress one, ListenAddress other) {
    PortSharing way = PortSharing.of(one, other);
    return address.isEmpty() ? way.overlaps() : way == PortSharing.SAME_ADDRESS;
  }

  /** {@code port 3001}, or {@code 127.0.0.53:53}. */
  @Override
  public String toString() {
    return address.map(ListenAddress::toString).orElse("port " + port);
  }
}
