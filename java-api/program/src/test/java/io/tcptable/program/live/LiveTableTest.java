// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Ownership;
import io.tcptable.TcpState;
import io.tcptable.program.list.OwnersText;
import io.tcptable.program.live.LiveTable.Mark;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LiveTableTest {

  private static final long LATER = LiveTable.MARKED_NANOS;

  private final LiveTable table = new LiveTable();

  private static LiveRow row(int port, int waiting) {
    return new LiveRow(
        port,
        port,
        TcpState.LISTEN,
        "127.0.0.1:" + port,
        "",
        new OwnersText(Ownership.NONE, List.of()),
        OptionalLong.of(waiting),
        OptionalLong.of(5),
        Map.of());
  }

  private Mark markOf(int port, long nanos) {
    return table.rows(nanos).stream()
        .filter(it -> it.row().port() == port)
        .findFirst()
        .orElseThrow()
        .mark();
  }

  @Test
  void whatTheFirstLookFindsIsNotNew() {
    table.update(List.of(row(1, 0)), 0);
    assertThat(markOf(1, 0)).isEqualTo(Mark.NONE);
  }

  @Test
  void whatComesIsNewForAWhile() {
    table.update(List.of(), 0);
    table.update(List.of(row(1, 0)), 10);
    assertThat(markOf(1, 10)).isEqualTo(Mark.NEW);
    table.update(List.of(row(1, 1)), 20);
    assertThat(markOf(1, 20)).isEqualTo(Mark.NEW);
    assertThat(markOf(1, 10 + LATER)).isEqualTo(Mark.NONE);
  }

  @Test
  void aDifferenceIsMarkedForAWhile() {
    table.update(List.of(row(1, 0), row(2, 0)), 0);
    table.update(List.of(row(1, 1), row(2, 0)), 10);
    assertThat(markOf(1, 10)).isEqualTo(Mark.CHANGED);
    assertThat(markOf(2, 10)).isEqualTo(Mark.NONE);
    table.update(List.of(row(1, 1), row(2, 0)), 20);
    assertThat(markOf(1, 20)).isEqualTo(Mark.CHANGED);
    assertThat(markOf(1, 10 + LATER)).isEqualTo(Mark.NONE);
  }

  @Test
  void whatIsGoneStaysForAWhile() {
    table.update(List.of(row(1, 0)), 0);
    table.update(List.of(), 10);
    table.update(List.of(), 20);
    assertThat(markOf(1, 20)).isEqualTo(Mark.GONE);
    assertThat(table.rows(10 + LATER)).isEmpty();
  }

  @Test
  void whatComesBackIsNew() {
    table.update(List.of(row(1, 0)), 0);
    table.update(List.of(), 10);
    table.update(List.of(row(1, 0)), 20);
    assertThat(markOf(1, 20)).isEqualTo(Mark.NEW);
  }

  @Test
  void afterAClearNothingIsNew() {
    table.update(List.of(row(1, 0)), 0);
    table.clear();
    table.update(List.of(row(2, 0)), 10);
    assertThat(table.rows(10)).hasSize(1).allMatch(it -> it.mark() == Mark.NONE);
  }
}
