// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.CheckReturnValue;
import io.tcptable.Endpoint;
import io.tcptable.SocketKey;
import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import io.tcptable.internal.platform.PortNumber;
import io.tcptable.restart.DroppedConnection.Outcome;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Resets connections of a port without stopping their owners, such as those in CLOSE_WAIT that a
 * server never closes. Immutable: each method returns a new request; {@link #plan()} shows what
 * {@link #run()} would reset. Listeners are never touched.
 *
 * <pre>{@code
 * for (DroppedConnection connection : PortDrop.of(3001).run()) {
 *   System.out.println(connection.outcome() + " " + connection.socket());
 * }
 * }</pre>
 *
 * <p>A plan may be old when it is carried out. So a connection is looked for again, by the kernel's
 * cookie ({@code sock_diag(7)}) or, on Windows, by both addresses, and is left alone if its state
 * has changed. Afterwards it is looked for once more: only one that is gone counts as dropped.
 *
 * <p>Needs root or CAP_NET_ADMIN and a kernel with CONFIG_INET_DIAG_DESTROY on Linux; the
 * administrator, and IPv4, on Windows. Costs two or more reads of the port's sockets, and up to a
 * second if the system is slow to let go of them. See {@link TcpSocket#drop()} for the effect on
 * the owner. Safe for use by many threads.
 */
@CheckReturnValue
public final class PortDrop {

  /** How often it looks for one to go that the system says it has dropped. */
  private static final int MOST_LOOKS = 20;

  private static final long MILLIS_BETWEEN_LOOKS = 50;

  private final int port;
  private final Set<TcpState> states;
  private final Predicate<Endpoint> remote;
  private final Function<TcpQuery, TcpTable> look;

  private PortDrop(
      int port,
      Set<TcpState> states,
      Predicate<Endpoint> remote,
      Function<TcpQuery, TcpTable> look) {
    this.port = port;
    this.states = states;
    this.remote = remote;
    this.look = look;
  }

  /**
   * Connections with this local port that are in CLOSE_WAIT.
   *
   * @param port 1 to 65535
   * @throws IllegalArgumentException if it is out of range
   */
  public static PortDrop of(int port) {
    return of(port, TcpTable::snapshot);
  }

  /**
   * @param look takes a snapshot
   */
  static PortDrop of(int port, Function<TcpQuery, TcpTable> look) {
    return new PortDrop(
        PortNumber.checked(port), EnumSet.of(TcpState.CLOSE_WAIT), remote -> true, look);
  }

  /**
   * Connections in these states instead.
   *
   * @throws IllegalArgumentException if there is none, or LISTEN is among them
   */
  public PortDrop states(TcpState... wanted) {
    Objects.requireNonNull(wanted, "wanted");
    Set<TcpState> set = EnumSet.noneOf(TcpState.class);
    for (TcpState state : wanted) {
      set.add(Objects.requireNonNull(state, "state"));
    }
    if (set.isEmpty() || set.contains(TcpState.LISTEN)) {
      throw new IllegalArgumentException("not states of a connection: " + set);
    }
    return new PortDrop(port, set, remote, look);
  }

  /** Only connections with this remote address; IPv4 also where it is mapped into IPv6. */
  public PortDrop remote(InetAddress address) {
    Objects.requireNonNull(address, "address");
    return new PortDrop(port, states, end -> end.address().equals(address), look);
  }

  /** Only the connection with this remote address and port. */
  public PortDrop remote(InetAddress address, int remotePort) {
    Objects.requireNonNull(address, "address");
    int checked = PortNumber.checked(remotePort);
    return new PortDrop(
        port, states, end -> end.address().equals(address) && end.port() == checked, look);
  }

  /**
   * The connections that would be dropped now, with their owners.
   *
   * @throws TcpTableException if the sockets could not be read completely
   */
  public List<TcpSocket> plan() {
    TcpQuery query = TcpQuery.all().localPort(port).states(states.toArray(new TcpState[0]));
    return look.apply(query).stream().filter(this::isWanted).toList();
  }

  private boolean isWanted(TcpSocket socket) {
    return socket.remotePort() != 0 && remote.test(socket.remote());
  }

  /**
   * Drops them.
   *
   * @return what happened to each
   * @throws TcpTableException if the sockets could not be read completely
   */
  public List<DroppedConnection> run() {
    return run(plan());
  }

  /**
   * Drops those of a plan that are still as they were planned.
   *
   * @return what happened to each, in the same order
   * @throws TcpTableException if the sockets could not be read completely
   */
  public List<DroppedConnection> run(List<TcpSocket> planned) {
    Objects.requireNonNull(planned, "planned");
    Map<SocketKey, TcpSocket> before = standing();
    Set<SocketKey> dropped = new HashSet<>();
    Map<SocketKey, String> refusals = new HashMap<>();
    for (TcpSocket plan : planned) {
      TcpSocket now = before.get(plan.key());
      if (now != null && states.contains(now.state())) {
        drop(now, dropped, refusals);
      }
    }
    Map<SocketKey, TcpSocket> after = afterwards(dropped);
    List<DroppedConnection> outcomes = new ArrayList<>(planned.size());
    for (TcpSocket plan : planned) {
      SocketKey it = plan.key();
      outcomes.add(outcome(plan, after.get(it), dropped.contains(it), refusals.get(it)));
    }
    return outcomes;
  }

  private static void drop(TcpSocket now, Set<SocketKey> dropped, Map<SocketKey, String> refusals) {
    try {
      if (now.drop()) {
        dropped.add(now.key());
      }
    } catch (TcpTableException e) {
      refusals.put(now.key(), String.valueOf(e.getMessage()));
    }
  }

  private Map<SocketKey, TcpSocket> afterwards(Set<SocketKey> dropped) {
    Map<SocketKey, TcpSocket> after = standing();
    for (int looks = 1; looks < MOST_LOOKS && !isGone(dropped, after); looks++) {
      try {
        Thread.sleep(MILLIS_BETWEEN_LOOKS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return after;
      }
      after = standing();
    }
    return after;
  }

  private static boolean isGone(Set<SocketKey> dropped, Map<SocketKey, TcpSocket> standing) {
    return Collections.disjoint(dropped, standing.keySet());
  }

  private static DroppedConnection outcome(
      TcpSocket plan, @Nullable TcpSocket now, boolean dropped, @Nullable String refusal) {
    if (now == null) {
      return new DroppedConnection(plan, dropped ? Outcome.DROPPED : Outcome.GONE, "");
    }
    if (dropped) {
      return new DroppedConnection(
          plan, Outcome.REMAINS, "the system reports it as dropped, but it is still there");
    }
    return refusal == null
        ? new DroppedConnection(plan, Outcome.CHANGED, "now in " + now.state())
        : new DroppedConnection(plan, Outcome.FAILED, refusal);
  }

  /** The connections of the port. One that was dropped may keep its port, in no state at all. */
  private Map<SocketKey, TcpSocket> standing() {
    Map<SocketKey, TcpSocket> connections = new HashMap<>();
    for (TcpSocket socket : look.apply(TcpQuery.all().localPort(port).withoutOwners())) {
      if (socket.state() != TcpState.CLOSED && socket.state() != TcpState.LISTEN) {
        connections.put(socket.key(), socket);
      }
    }
    return connections;
  }

  /** Which connections it is about. */
  @Override
  public String toString() {
    return "connections of port " + port + " in " + states;
  }
}
