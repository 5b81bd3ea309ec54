// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.drop;

import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.internal.wording.Quantities;
import io.tcptable.program.list.SocketTable;
import io.tcptable.program.terminal.LineWrapper;
import io.tcptable.program.terminal.Terminal;
import io.tcptable.restart.DroppedConnection;
import io.tcptable.restart.DroppedConnection.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The plan and the result of a drop, for people. */
final class DropText {

  /** What it does to the owner. */
  static final String EFFECT =
      "the owner's next write on a dropped connection fails, and reads fail or return EOF. The owner"
          + " keeps the socket until it closes it, so a CLOSE_WAIT leak still needs a fix or a"
          + " restart.";

  private static final String LEAD = "Note: ";

  private final Terminal terminal;
  private final boolean coloured;

  DropText(Terminal terminal, boolean coloured) {
    this.terminal = terminal;
    this.coloured = coloured;
  }

  /** {@code 1 connection}, {@code 23 connections}. */
  static String connections(int count) {
    return Quantities.count(count, "connection");
  }

  /**
   * @param one whether only one remote address is asked for
   */
  void printNone(int port, Set<TcpState> states, boolean one) {
    String wanted = states.stream().map(TcpState::name).collect(Collectors.joining(" or "));
    terminal
        .out()
        .println(
            "No TCP connection on port "
                + port
                + (one ? " with that remote address" : "")
                + " is in "
                + wanted
                + ".");
  }

  void printPlan(List<TcpSocket> planned) {
    terminal.out().println("This would drop " + connections(planned.size()) + ":");
    new SocketTable(terminal, true, false).print(planned, coloured);
    printEffect();
  }

  void print(List<DroppedConnection> outcomes) {
    int dropped = print(outcomes, Outcome.DROPPED, "dropped");
    print(outcomes, Outcome.GONE, "already closed");
    print(outcomes, Outcome.CHANGED, "left alone, state has changed");
    if (dropped > 0) {
      printEffect();
    }
    warn(outcomes);
  }

  private int print(List<DroppedConnection> outcomes, Outcome outcome, String what) {
    int count = (int) outcomes.stream().filter(c -> c.outcome() == outcome).count();
    if (count > 0) {
      terminal.out().println(what + ": " + connections(count));
    }
    return count;
  }

  private void printEffect() {
    new LineWrapper(terminal.out(), terminal.width()).print(LEAD, LEAD.length(), EFFECT);
  }

  /** One line for each reason, as it is mostly the same for all of them. */
  private void warn(List<DroppedConnection> outcomes) {
    Map<String, Integer> reasons = new LinkedHashMap<>();
    for (DroppedConnection connection : outcomes) {
      if (!connection.outcome().isWell()) {
        reasons.merge(connection.detail(), 1, Integer::sum);
      }
    }
    reasons.forEach(
        (reason, count) -> terminal.warn(connections(count) + " not dropped: " + reason));
  }
}
