// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.internal.wording.Quantities;
import io.tcptable.program.terminal.Colour;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last line: how many sockets there are in each state. */
public final class StateSummary {

  private StateSummary() {}

  /** Prints {@code 3 sockets: 1 LISTEN, 2 ESTABLISHED}, on more lines if the screen is narrow. */
  public static void print(List<TcpSocket> sockets, int width, boolean coloured, PrintStream out) {
    StringBuilder line = new StringBuilder();
    line.append(Quantities.count(sockets.size(), "socket"));
    int used = line.length();
    String before = ":";
    for (Map.Entry<TcpState, Integer> count : countByState(sockets).entrySet()) {
      TcpState state = count.getKey();
      String text = Quantities.number(count.getValue()) + " " + state;
      line.append(before);
      used += before.length() + 1 + text.length();
      if (used >= width) {
        line.append(System.lineSeparator()).append(' ');
        used = 2 + text.length();
      }
      line.append(' ');
      (coloured ? Colour.of(state) : Colour.NONE).append(line, text);
      before = ",";
    }
    out.println(line);
  }

  /** Listeners first, as in the table. */
  private static Map<TcpState, Integer> countByState(List<TcpSocket> sockets) {
    Map<TcpState, Integer> counts = new LinkedHashMap<>();
    counts.put(TcpState.LISTEN, 0);
    for (TcpState state : TcpState.values()) {
      counts.put(state, 0);
    }
    for (TcpSocket socket : sockets) {
      counts.merge(socket.state(), 1, Integer::sum);
    }
    counts.values().removeIf(count -> count == 0);
    return counts;
  }
}
