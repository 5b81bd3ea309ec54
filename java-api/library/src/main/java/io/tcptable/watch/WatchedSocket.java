// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import io.tcptable.Endpoint;
import io.tcptable.OsProcess;
import io.tcptable.Ownership;
import io.tcptable.SocketKey;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.process.NetworkNamespace;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A socket as an event tells of it: as it was last seen, on its own. It holds no table.
 *
 * @param key its identity, the same in each event. Where the system gives cookies, it is that of
 *     each table; elsewhere that of the table in which the socket was first seen
 * @param local the local address and port
 * @param remote the remote address and port; the wildcard address and port 0 of a listener
 * @param state the state
 * @param ownership whether it is known who owns it
 * @param owners the processes that own it, in ascending order of PID
 * @param namespace the network namespace that it is in, if the query asks for others than that of
 *     the thread that started the watch
 */
public record WatchedSocket(
    SocketKey key,
    Endpoint local,
    Endpoint remote,
    TcpState state,
    Ownership ownership,
    List<OsProcess> owners,
    Optional<NetworkNamespace> namespace) {

  /** Keeps its own copy. */
  public WatchedSocket {
    owners = List.copyOf(owners);
  }

  /** A socket of a table as it is there. */
  public static WatchedSocket of(TcpSocket socket) {
    Objects.requireNonNull(socket, "socket");
    return new WatchedSocket(
        socket.key(),
        socket.local(),
        socket.remote(),
        socket.state(),
        socket.ownership(),
        socket.owners(),
        socket.namespace());
  }

  /** The same with its key as it was first told, which is another where there are no cookies. */
  WatchedSocket withKey(SocketKey first) {
    return new WatchedSocket(first, local, remote, state, ownership, owners, namespace);
  }

  /** One that the system told of, and no look has seen. */
  static WatchedSocket pushed(PushedState change) {
    return new WatchedSocket(
        change.key(),
        change.local(),
        change.remote(),
        change.after(),
        Ownership.UNKNOWN,
        List.of(),
        Optional.empty());
  }

  /** The same in another state, and with its ends as they are by now. */
  WatchedSocket in(TcpState other, Endpoint nowLocal, Endpoint nowRemote) {
    return new WatchedSocket(key, nowLocal, nowRemote, other, ownership, owners, namespace);
  }

  /** One that no look has seen, and that has ended. */
  static WatchedSocket ended(SocketKey key, Endpoint local, Endpoint remote) {
    return new WatchedSocket(
        key, local, remote, TcpState.CLOSED, Ownership.UNKNOWN, List.of(), Optional.empty());
  }

  /** One line: state, both addresses, owners. */
  @Override
  public String toString() {
    return state + " " + local + " " + remote + " " + owners;
  }
}
