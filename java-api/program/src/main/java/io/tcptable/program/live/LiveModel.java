// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.live;

import io.tcptable.SocketKey;
import io.tcptable.TcpSocket;
import io.tcptable.internal.wording.Quantities;
import io.tcptable.program.live.LiveTable.Marked;
import io.tcptable.watch.WatchedSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the view shows, and what each key does to it. Knows no terminal. */
final class LiveModel {

  /** What a key asks for that the model does not do itself. */
  enum Wish {
    NOTHING,
    QUIT,
    DIAGNOSE,
    DROP,
    FREE,
    RESTART
  }

  private final LiveTable table = new LiveTable();
  private List<TcpSocket> sockets = List.of();
  private long passed;
  private boolean isPassedAtLeast;
  private boolean ofSockets;
  private RowOrder order = RowOrder.PORT;
  private String filter = "";
  private boolean typing;
  private boolean paused;
  private String message = "";
  private @Nullable Object selected;
  private int selectedIndex;
  private int page = 1;

  /**
   * @param ofSockets whether each socket has a row at first, or each listener
   */
  LiveModel(boolean ofSockets) {
    this.ofSockets = ofSockets;
  }

  /** Takes what the watch has told. */
  void take(LiveFeed.News news, long nanos) {
    Set<SocketKey> seen =
        Stream.concat(sockets.stream(), news.sockets().stream())
            .map(TcpSocket::key)
            .collect(Collectors.toSet());
    List<WatchedSocket> unseen =
        news.ended().stream().filter(it -> !seen.contains(it.key())).toList();
    sockets = List.copyOf(news.sockets());
    message = "";
    table.update(rowsOfLook(), nanos);
    passed += unseen.size();
    isPassedAtLeast |= news.isLossy();
    if (ofSockets) {
      table.pass(unseen.stream().map(LiveRows::ended).toList(), nanos);
    }
  }

  private List<LiveRow> rowsOfLook() {
    return ofSockets ? LiveRows.ofSockets(sockets) : LiveRows.ofListeners(sockets);
  }

  /** The next lines show why there is nothing newer. */
  void tell(String trouble) {
    message = trouble;
  }

  /** The rows that the filter leaves, in order. Finds the selected one again. */
  List<Marked> rows(long nanos) {
    List<Marked> rows = new ArrayList<>(table.rows(nanos));
    rows.removeIf(it -> !it.row().contains(filter));
    rows.sort((one, other) -> order.comparator().compare(one.row(), other.row()));
    int found = -1;
    for (int i = 0; i < rows.size() && found < 0; i++) {
      found = rows.get(i).row().key().equals(selected) ? i : -1;
    }
    selectedIndex = Math.max(0, found >= 0 ? found : Math.min(selectedIndex, rows.size() - 1));
    selected = rows.isEmpty() ? null : rows.get(selectedIndex).row().key();
    return rows;
  }

  /**
   * A key was pressed.
   *
   * @param rows those that are shown
   */
  Wish press(Key key, List<Marked> rows) {
    message = "";
    if (typing) {
      type(key);
      return Wish.NOTHING;
    }
    switch (key.kind()) {
      case UP -> select(rows, selectedIndex - 1);
      case DOWN -> select(rows, selectedIndex + 1);
      case PAGE_UP -> select(rows, selectedIndex - page);
      case PAGE_DOWN -> select(rows, selectedIndex + page);
      case HOME -> select(rows, 0);
      case END -> select(rows, rows.size() - 1);
      case ESCAPE -> filter = "";
      case ENTER -> {
        return ofPort(Wish.DIAGNOSE, rows);
      }
      case CHARACTER -> {
        return press(key.letter(), rows);
      }
      case BACKSPACE, OTHER -> {}
    }
    return Wish.NOTHING;
  }

  private Wish press(char letter, List<Marked> rows) {
    switch (letter) {
      case 'q' -> {
        return Wish.QUIT;
      }
      case 'd' -> {
        return ofPort(Wish.DROP, rows);
      }
      case 'f' -> {
        return ofPort(Wish.FREE, rows);
      }
      case 'r' -> {
        return ofPort(Wish.RESTART, rows);
      }
      case 'k' -> select(rows, selectedIndex - 1);
      case 'j' -> select(rows, selectedIndex + 1);
      case '/' -> typing = true;
      case 's' -> order = order.next();
      case 'p', ' ' -> paused = !paused;
      case 'c' -> {
        ofSockets = !ofSockets;
        table.clear();
        table.update(rowsOfLook(), 0);
      }
      default -> {}
    }
    return Wish.NOTHING;
  }

  private void type(Key key) {
    switch (key.kind()) {
      case ENTER -> typing = false;
      case ESCAPE -> {
        typing = false;
        filter = "";
      }
      case BACKSPACE -> filter = filter.substring(0, Math.max(0, filter.length() - 1));
      case CHARACTER -> filter += key.letter();
      default -> {}
    }
  }

  private void select(List<Marked> rows, int index) {
    if (!rows.isEmpty()) {
      selectedIndex = Math.max(0, Math.min(index, rows.size() - 1));
      selected = rows.get(selectedIndex).row().key();
    }
  }

  private Wish ofPort(Wish wish, List<Marked> rows) {
    if (port(rows) > 0) {
      return wish;
    }
    message =
        rows.isEmpty()
            ? "No row is selected."
            : "These connections have no listener here; press c to see each of them.";
    return Wish.NOTHING;
  }

  /** The port of the selected row; 0 if it has none. */
  int port(List<Marked> rows) {
    return rows.isEmpty() ? 0 : rows.get(selectedIndex).row().port();
  }

  /** How many rows are on a page. */
  void showsRows(int count) {
    page = Math.max(1, count);
  }

  int selectedIndex() {
    return selectedIndex;
  }

  boolean isOfSockets() {
    return ofSockets;
  }

  boolean isPaused() {
    return paused;
  }

  List<TcpSocket> sockets() {
    return sockets;
  }

  /** How many connections no look has seen; empty if the system told of none. */
  String passed() {
    return passed == 0
        ? ""
        : (isPassedAtLeast ? "at least " : "")
            + Quantities.number(passed)
            + " more came and went between looks";
  }

  /** What stands below the rows, if that is not the keys. */
  String message() {
    return typing ? "Filter: " + filter + "_  (Enter: keep it, Esc: show all)" : message;
  }

  /** How the rows are chosen and sorted. */
  String settings() {
    return "sort: "
        + order.name().toLowerCase(Locale.ROOT)
        + (filter.isEmpty() ? "" : ", filter: " + filter);
  }
}
