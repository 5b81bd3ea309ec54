// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.list;

import io.tcptable.Endpoint;
import io.tcptable.ListenAddress;
import io.tcptable.TcpDetail;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTimer;
import io.tcptable.internal.wording.DurationText;
import io.tcptable.process.NetworkNamespace;
import io.tcptable.program.json.SocketNames;
import io.tcptable.program.terminal.Colour;
import io.tcptable.program.terminal.Terminal;
import io.tcptable.program.terminal.TextTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Sockets for people: one line each, as wide as the terminal at most. */
public final class SocketTable {

  private static final String UNKNOWN = "?";
  private static final String NOT_APPLICABLE = "-";

  private static final int LOCAL = 3;
  private static final int REMOTE = 4;

  private static final List<String> NUMBERS =
      List.of("Recv-Q", "Send-Q", "RTT", "Retr", "Rcvd", "Sent");
  private static final List<String> NO_DETAIL = Collections.nCopies(4, NOT_APPLICABLE);

  private final Terminal terminal;
  private final boolean owners;
  private final boolean detail;
  private final Map<NetworkNamespace, String> called = new HashMap<>();

  public SocketTable(Terminal terminal, boolean owners, boolean detail) {
    this.terminal = terminal;
    this.owners = owners;
    this.detail = detail;
  }

  public void print(List<TcpSocket> sockets, boolean coloured) {
    List<String> titles = new ArrayList<>(List.of("State", "Recv-Q", "Send-Q", "Local", "Remote"));
    if (detail) {
      titles.addAll(List.of("RTT", "Retr", "Rcvd", "Sent"));
    }
    boolean timers = detail && sockets.stream().anyMatch(socket -> socket.timer().isPresent());
    if (timers) {
      titles.add("Timer");
    }
    boolean namespaces = namespacesOf(sockets) > 1;
    if (namespaces) {
      titles.add("Namespace");
    }
    if (owners) {
      titles.add("Owners");
    }
    TextTable table = new TextTable(titles.toArray(new String[0]));
    for (int column = 0; column < titles.size(); column++) {
      if (NUMBERS.contains(titles.get(column))) {
        table.alignRight(column);
      }
    }
    for (TcpSocket socket : sockets) {
      table.add(colour(socket), cells(socket, timers, namespaces));
    }
    new TableFitter(table, LOCAL, REMOTE).to(terminal.width(), owners ? sockets : List.of());
    table.print(terminal.out(), coloured);
  }

  /** A listener that cannot take one more connection is in trouble like a CLOSE_WAIT. */
  private static Colour colour(TcpSocket socket) {
    boolean full =
        socket.state() == TcpState.LISTEN
            && socket.sendQueue().isPresent()
            && socket.receiveQueue().orElse(0) > socket.sendQueue().getAsLong();
    return full ? Colour.RED : Colour.of(socket.state());
  }

  private static long namespacesOf(List<TcpSocket> sockets) {
    return sockets.stream()
        .flatMap(socket -> socket.namespace().stream())
        .mapToLong(NetworkNamespace::inode)
        .distinct()
        .count();
  }

  private String[] cells(TcpSocket socket, boolean timers, boolean namespaces) {
    List<String> cells = new ArrayList<>();
    cells.add(SocketNames.state(socket));
    cells.add(text(socket.receiveQueue()));
    cells.add(text(socket.sendQueue()));
    cells.add(ListenAddress.of(socket).toString());
    cells.add(text(socket.remote()));
    if (detail) {
      cells.addAll(socket.detail().map(SocketTable::texts).orElse(NO_DETAIL));
    }
    if (timers) {
      cells.add(socket.timer().map(SocketTable::text).orElse(NOT_APPLICABLE));
    }
    if (namespaces) {
      cells.add(
          socket
              .namespace()
              .map(it -> called.computeIfAbsent(it, NamespaceText::of))
              .orElse(UNKNOWN));
    }
    if (owners) {
      cells.add(new OwnersText(socket).full());
    }
    return cells.toArray(new String[0]);
  }

  private static List<String> texts(TcpDetail measured) {
    return List.of(
        DurationText.of(measured.roundTrip()),
        Long.toString(measured.retransmits()),
        DurationText.of(measured.lastReceived()),
        DurationText.of(measured.lastSent()));
  }

  private static String text(OptionalLong number) {
    return number.isPresent() ? Long.toString(number.getAsLong()) : UNKNOWN;
  }

  /** {@code *} for the remote address of what is not a connection. */
  private static String text(Endpoint end) {
    return end.port() == 0 && end.isWildcard() ? "*" : end.toString();
  }

  private static String text(TcpTimer timer) {
    String repeated = timer.retransmits() == 0 ? "" : " x" + timer.retransmits();
    return SocketNames.timer(timer) + " " + DurationText.of(timer.remaining()) + repeated;
  }
}
