// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.live;

import java.util.Comparator;

/** What the rows are sorted by. */
enum RowOrder {
  PORT,
  OWNER,
  QUEUE,
  CONNECTIONS,
  STATE;

  private static final Comparator<LiveRow> ELSE =
      Comparator.comparingInt(LiveRow::port)
          .thenComparing(LiveRow::local)
          .thenComparing(LiveRow::remote)
          .thenComparing(row -> row.key().toString());

  Comparator<LiveRow> comparator() {
    Comparator<LiveRow> first =
        switch (this) {
          // What has no port comes last.
          case PORT ->
              Comparator.comparingInt(row -> row.port() == 0 ? Integer.MAX_VALUE : row.port());
          case OWNER -> Comparator.comparing(row -> row.owners().full());
          case QUEUE -> Comparator.comparingLong(row -> -row.used().orElse(-1));
          case CONNECTIONS -> Comparator.comparingInt(row -> -row.count());
          case STATE -> Comparator.comparing(LiveRow::state);
        };
    return first.thenComparing(ELSE);
  }

  /** The one that the next press of the key chooses. */
  RowOrder next() {
    return switch (this) {
      case PORT -> OWNER;
      case OWNER -> QUEUE;
      case QUEUE -> CONNECTIONS;
      case CONNECTIONS -> STATE;
      case STATE -> PORT;
    };
  }
}
