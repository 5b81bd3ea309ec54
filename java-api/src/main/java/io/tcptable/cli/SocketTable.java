package io.tcptable.cli;

import io.tcptable.Endpoint;
import io.tcptable.TcpDetail;
import io.tcptable.TcpSocket;
import io.tcptable.TcpState;
import io.tcptable.TcpTimer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** Sockets for people: one line each, as wide as the terminal at most. */
final class SocketTable {

  private static final String UNKNOWN = "?";
  private static final String NOT_APPLICABLE = "-";

  private static final int LOCAL = 3;
  private static final int REMOTE = 4;
  private static final int RTT = 5;
  private static final int TIMER = 9;

  private final Terminal terminal;
  private final boolean owners;
  private final boolean detail;

  SocketTable(Terminal terminal, boolean owners, boolean detail) {
    this.terminal = terminal;
    this.owners = owners;
    this.detail = detail;
  }

  void print(List<TcpSocket> sockets, boolean coloured) {
    List<String> titles = new ArrayList<>(List.of("State", "Recv-Q", "Send-Q", "Local", "Remote"));
    if (detail) {
      titles.addAll(List.of("RTT", "Retrans", "Last-Recv", "Last-Sent", "Timer"));
    }
    if (owners) {
      titles.add("Owners");
    }
    TextTable table = new TextTable(titles.toArray(new String[0])).alignRight(1).alignRight(2);
    for (TcpSocket socket : sockets) {
      table.add(colour(socket), cells(socket, titles.size()));
    }
    new Narrowing(table, LOCAL, REMOTE).to(terminal.width(), owners ? sockets : List.of());
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

  private String[] cells(TcpSocket socket, int count) {
    String[] cells = new String[count];
    cells[0] = socket.state().toString();
    cells[1] = text(socket.receiveQueue());
    cells[2] = text(socket.sendQueue());
    cells[LOCAL] = text(socket.local());
    cells[REMOTE] = text(socket.remote());
    if (detail) {
      Arrays.fill(cells, RTT, TIMER + 1, NOT_APPLICABLE);
      socket.detail().ifPresent(measured -> fill(cells, measured));
      socket.timer().ifPresent(timer -> cells[TIMER] = text(timer));
    }
    if (owners) {
      cells[count - 1] = new OwnersText(socket).full();
    }
    return cells;
  }

  private static void fill(String[] cells, TcpDetail measured) {
    cells[RTT] = DurationText.of(measured.roundTrip());
    cells[RTT + 1] = Long.toString(measured.retransmits());
    cells[RTT + 2] = DurationText.of(measured.lastReceived());
    cells[RTT + 3] = DurationText.of(measured.lastSent());
  }

  private static String text(OptionalLong number) {
    return number.isPresent() ? Long.toString(number.getAsLong()) : UNKNOWN;
  }

  /** {@code *} for the far end of what is no connection. */
  private static String text(Endpoint end) {
    return end.port() == 0 && end.isWildcard() ? "*" : end.toString();
  }

  private static String text(TcpTimer timer) {
    String repeated = timer.retransmits() == 0 ? "" : " x" + timer.retransmits();
    return StableNames.timer(timer) + " " + DurationText.of(timer.remaining()) + repeated;
  }
}
