// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows from look to look, and which of them are new, changed or gone since a short while. */
final class LiveTable {

  /** For how long a difference is marked, and a row that is gone stays. */
  static final long MARKED_NANOS = Duration.ofSeconds(3).toNanos();

  /** How many rows of what came and went may be there: more, a person would not read. */
  static final int MOST_PASSING = 100;

  /** What has happened to a row. */
  enum Mark {
    NONE,
    NEW,
    CHANGED,
    GONE
  }

  /** A row and its mark. */
  record Marked(LiveRow row, Mark mark) {}

  private record Entry(LiveRow row, Mark mark, long since) {}

  private final Map<Object, Entry> entries = new LinkedHashMap<>();
  private boolean empty = true;

  /**
   * Takes the rows of a look.
   *
   * @param nanos when it was, by the clock of {@link #rows}
   */
  void update(List<LiveRow> rows, long nanos) {
    Set<Object> seen = new HashSet<>();
    for (LiveRow row : rows) {
      seen.add(row.key());
      Entry before = entries.get(row.key());
      entries.put(row.key(), before == null ? first(row, nanos) : next(before, row, nanos));
    }
    entries.replaceAll(
        (key, entry) ->
            seen.contains(key) || entry.mark == Mark.GONE
                ? entry
                : new Entry(entry.row, Mark.GONE, nanos));
    empty = false;
  }

  private Entry first(LiveRow row, long nanos) {
    return new Entry(row, empty ? Mark.NONE : Mark.NEW, nanos);
  }

  private static Entry next(Entry before, LiveRow row, long nanos) {
    if (before.mark == Mark.GONE) {
      return new Entry(row, Mark.NEW, nanos);
    }
    boolean isNew = before.mark == Mark.NEW && nanos - before.since < MARKED_NANOS;
    return isNew || before.row.looksLike(row)
        ? new Entry(row, before.mark, before.since)
        : new Entry(row, Mark.CHANGED, nanos);
  }

  /** Takes rows that came and went between two looks: gone already, as far as there is room. */
  void pass(List<LiveRow> rows, long nanos) {
    long gone = entries.values().stream().filter(it -> it.mark == Mark.GONE).count();
    rows.stream()
        .limit(Math.max(0, MOST_PASSING - gone))
        .forEach(row -> entries.put(row.key(), new Entry(row, Mark.GONE, nanos)));
  }

  /** The rows now; what has been gone for a while is forgotten. */
  List<Marked> rows(long nanos) {
    entries.values().removeIf(it -> it.mark == Mark.GONE && nanos - it.since >= MARKED_NANOS);
    List<Marked> rows = new ArrayList<>(entries.size());
    for (Entry entry : entries.values()) {
      rows.add(new Marked(entry.row, nanos - entry.since < MARKED_NANOS ? entry.mark : Mark.NONE));
    }
    return rows;
  }

  /** Begins again: nothing of the next look is new. */
  void clear() {
    entries.clear();
    empty = true;
  }
}
