// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.TcpQuery;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import io.tcptable.restart.DroppedConnection.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Drops connections that were planned to be, and says what came of each. It looks again before, as
 * time may have passed since the plan was made, and after, as not every system does what it says.
 */
public final class PortDrop {

  /** How often it looks for one to go that the system says it has dropped. */
  private static final int MOST_LOOKS = 20;

  private static final long MILLIS_BETWEEN_LOOKS = 50;

  private final int port;
  private final Set<TcpState> states;
  private final Function<TcpQuery, TcpTable> look;

  /**
   * @param states those in which a connection of this port is to be dropped
   * @param look takes a snapshot
   */
  public PortDrop(int port, Set<TcpState> states, Function<TcpQuery, TcpTable> look) {
    this.port = port;
    this.states = states;
    this.look = look;
  }

  /** Drops what is still as it was planned. */
  public List<DroppedConnection> run(List<TcpSocket> planned) {
    Map<Object, TcpSocket> before = standing();
    Set<Object> dropped = new HashSet<>();
    Map<Object, String> refusals = new HashMap<>();
    for (TcpSocket plan : planned) {
      TcpSocket now = before.get(plan.identity());
      if (now != null && states.contains(now.state())) {
        drop(now, dropped, refusals);
      }
    }
    Map<Object, TcpSocket> after = afterwards(dropped);
    List<DroppedConnection> outcomes = new ArrayList<>(planned.size());
    for (TcpSocket plan : planned) {
      Object it = plan.identity();
      outcomes.add(outcome(plan, after.get(it), dropped.contains(it), refusals.get(it)));
    }
    return outcomes;
  }

  private static void drop(TcpSocket now, Set<Object> dropped, Map<Object, String> refusals) {
    try {
      if (now.drop()) {
        dropped.add(now.identity());
      }
    } catch (TcpTableException e) {
      refusals.put(now.identity(), String.valueOf(e.getMessage()));
    }
  }

  private Map<Object, TcpSocket> afterwards(Set<Object> dropped) {
    Map<Object, TcpSocket> after = standing();
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

  private static boolean isGone(Set<Object> dropped, Map<Object, TcpSocket> standing) {
    return Collections.disjoint(dropped, standing.keySet());
  }

  private static DroppedConnection outcome(
      TcpSocket plan, @Nullable TcpSocket now, boolean dropped, @Nullable String refusal) {
    if (now == null) {
      return new DroppedConnection(plan, dropped ? Outcome.DROPPED : Outcome.GONE, "");
    }
    if (dropped) {
      return new DroppedConnection(
          plan, Outcome.REMAINS, "the system says that it is dropped, but it is there");
    }
    return refusal == null
        ? new DroppedConnection(plan, Outcome.CHANGED, "in " + now.state() + " now")
        : new DroppedConnection(plan, Outcome.FAILED, refusal);
  }

  /** The connections of the port. One that was dropped may keep its port, in no state at all. */
  private Map<Object, TcpSocket> standing() {
    Map<Object, TcpSocket> connections = new HashMap<>();
    for (TcpSocket socket : look.apply(TcpQuery.all().localPort(port).withoutOwners())) {
      if (socket.state() != TcpState.CLOSED && socket.state() != TcpState.LISTEN) {
        connections.put(socket.identity(), socket);
      }
    }
    return connections;
  }
}
