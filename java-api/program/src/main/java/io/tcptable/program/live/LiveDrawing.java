// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tcptable.TcpState;
import io.tcptable.internal.wording.Quantities;
import io.tcptable.program.foreign.TerminalText;
import io.tcptable.program.list.StateSummary;
import io.tcptable.program.live.LiveTable.Mark;
import io.tcptable.program.live.LiveTable.Marked;
import io.tcptable.program.terminal.Colour;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Draws the rows of a model as lines that fit a screen. */
final class LiveDrawing {

  private static final String KEYS =
      "Enter diagnose  d drop  f free  r restart  c sockets  / filter  s sort  p pause  q quit";
  private static final String SHORT_KEYS = "Enter d f r c / s p, q quit";

  private static final int BAR = 8;
  private static final int BAR_FROM_WIDTH = 76;

  /** A narrower screen has no room for all columns. */
  private static final int WIDE = 60;

  private static final int SHORTEST_OWNERS = 10;
  private static final int SHORTEST_ADDRESS = 12;

  private final int width;
  private final int height;

  LiveDrawing(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** All lines of the screen. */
  List<ScreenLine> lines(LiveModel model, String title, long nanos) {
    List<Marked> rows = model.rows(nanos);
    List<ScreenLine> lines = new ArrayList<>();
    lines.add(title(model, title));
    summary(model).forEach(line -> lines.add(ScreenLine.of(Colour.NONE, line, width)));
    if (!model.passed().isEmpty()) {
      lines.add(ScreenLine.of(Colour.NONE, model.passed(), width));
    }
    int room = Math.max(1, height - lines.size() - 2);
    model.showsRows(room);
    int top = Math.max(0, Math.min(model.selectedIndex() - room / 2, rows.size() - room));
    List<Marked> shown = rows.subList(top, Math.min(rows.size(), top + room));
    table(lines, shown, model.selectedIndex() - top, model.isOfSockets());
    while (lines.size() < height - 1) {
      lines.add(new ScreenLine(width, false));
    }
    String below = model.message().isEmpty() ? keys() : model.message();
    lines.add(ScreenLine.of(model.message().isEmpty() ? Colour.DIM : Colour.YELLOW, below, width));
    return lines.subList(0, Math.min(lines.size(), height));
  }

  /** What a key has changed is on the narrowest screen; what is watched gives way to it. */
  private ScreenLine title(LiveModel model, String title) {
    String paused = model.isPaused() ? "  PAUSED" : "";
    String settings = "  " + model.settings();
    int room = Math.max(width / 3, width - settings.length() - paused.length());
    return new ScreenLine(width, false)
        .add(Colour.BOLD, title, room)
        .add(Colour.YELLOW, paused)
        .add(Colour.NONE, settings);
  }

  private String keys() {
    if (KEYS.length() <= width) {
      return KEYS;
    }
    String closer = KEYS.replace("  ", " ");
    return closer.length() <= width ? closer : SHORT_KEYS;
  }

  private List<String> summary(LiveModel model) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    StateSummary.print(model.sockets(), width, false, new PrintStream(text, true, UTF_8));
    return text.toString(UTF_8).lines().toList();
  }

  private void table(List<ScreenLine> lines, List<Marked> rows, int selected, boolean sockets) {
    boolean isNarrow = width < WIDE;
    int state = sockets ? widest(rows, "State", row -> row.state().toString(), width / 3) : 0;
    int queue = sockets && isNarrow ? 0 : widest(rows, "Queue", this::queue, width / 3);
    int left = width - 2 - sum(state, queue) - SHORTEST_OWNERS;
    int longest = Math.max(SHORTEST_ADDRESS, (sockets || !isNarrow ? left / 2 : left) - 1);
    Function<LiveRow, String> localText =
        sockets && isNarrow ? row -> ":" + row.port() : LiveRow::local;
    int local = widest(rows, "Local", localText, longest);
    int remote = sockets ? widest(rows, "Remote", LiveRow::remote, longest) : 0;
    int connections =
        sockets || isNarrow
            ? 0
            : widest(rows, "Connections", LiveDrawing::connections, left - local - 2);
    ScreenLine titles = new ScreenLine(width, false).add(Colour.BOLD, "  ");
    title(titles, "State", state);
    title(titles, "Local", local);
    title(titles, "Remote", remote);
    title(titles, "Queue", queue);
    title(titles, "Connections", connections);
    lines.add(titles.add(Colour.BOLD, "Owners"));
    for (int i = 0; i < rows.size(); i++) {
      LiveRow row = rows.get(i).row();
      Mark mark = rows.get(i).mark();
      ScreenLine line = new ScreenLine(width, i == selected);
      Colour all = colour(mark);
      line.add(all, (i == selected ? ">" : " ") + sign(mark));
      cell(line, all, Colour.of(row.state()), row.state().toString(), state);
      cell(line, all, Colour.NONE, localText.apply(row), local);
      cell(line, all, Colour.NONE, row.remote(), remote);
      cell(line, all, isFull(row) ? Colour.RED : Colour.NONE, queue(row), queue);
      boolean isLeaking = row.connections().containsKey(TcpState.CLOSE_WAIT);
      cell(line, all, isLeaking ? Colour.RED : Colour.NONE, connections(row), connections);
      int used = 2 + sum(state, local, remote, queue, connections);
      line.add(all, row.owners().within(Math.max(1, width - used)));
      lines.add(line);
    }
  }

  private static int sum(int... columns) {
    int sum = 0;
    for (int column : columns) {
      sum += column == 0 ? 0 : column + 1;
    }
    return sum;
  }

  private static void title(ScreenLine line, String text, int columns) {
    if (columns > 0) {
      line.cell(Colour.BOLD, text, columns);
    }
  }

  /** A mark of the whole row comes before the colour of one cell. */
  private static void cell(ScreenLine line, Colour all, Colour own, String text, int columns) {
    if (columns > 0) {
      line.cell(all == Colour.NONE ? own : all, text, columns);
    }
  }

  private static int widest(
      List<Marked> rows, String title, Function<LiveRow, String> text, int most) {
    int widest = title.length();
    for (Marked marked : rows) {
      widest = Math.max(widest, TerminalText.width(text.apply(marked.row())));
    }
    return Math.max(title.length(), Math.min(widest, most));
  }

  private static boolean isFull(LiveRow row) {
    return row.limit().isPresent() && row.used().orElse(0) > row.limit().getAsLong();
  }

  /** {@code [###.....] 4/10}, without the bar on a narrow screen. */
  private String queue(LiveRow row) {
    if (row.used().isEmpty()) {
      return "-";
    }
    long used = row.used().getAsLong();
    if (row.limit().isEmpty()) {
      return Long.toString(used);
    }
    long limit = row.limit().getAsLong();
    String figures = used + "/" + limit;
    return width < BAR_FROM_WIDTH ? figures : bar(used, limit) + " " + figures;
  }

  /** Each queue with anything in it has one sign at least. */
  static String bar(long used, long limit) {
    long share = limit <= 0 ? (used > 0 ? BAR : 0) : (used * BAR + limit - 1) / limit;
    int filled = (int) Math.max(0, Math.min(BAR, share));
    return "[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "]";
  }

  private static String connections(LiveRow row) {
    return row.connections().isEmpty()
        ? "-"
        : row.connections().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(it -> Quantities.number(it.getValue()) + " " + it.getKey())
            .collect(Collectors.joining(", "));
  }

  /** The marks are told without colours, too. */
  private static String sign(Mark mark) {
    return switch (mark) {
      case NONE -> " ";
      case NEW -> "+";
      case CHANGED -> "*";
      case GONE -> "-";
    };
  }

  private static Colour colour(Mark mark) {
    return switch (mark) {
      case NONE -> Colour.NONE;
      case NEW -> Colour.GREEN;
      case CHANGED -> Colour.YELLOW;
      case GONE -> Colour.RED;
    };
  }
}
