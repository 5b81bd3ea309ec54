// SPDX-License-Identifier: Apache-2.0
package io.tcptable.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpState;
import io.tcptable.watch.TcpEvent;
import io.tcptable.watch.WatchedSockets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** It remembers ten minutes and the 30 s that a server may be bad. */
class SocketHistoryTest {

  private static final Instant BEGIN = Instant.parse("2026-11-28T02:00:00Z");

  private final SocketHistory history = new SocketHistory(Duration.ofSeconds(30));

  private static Instant at(int second) {
    return BEGIN.plusSeconds(second);
  }

  private static TcpEvent opened(Instant at, int number) {
    return new TcpEvent.Opened(
        at,
        TcpEvent.KnownBy.BETWEEN_LOOKS,
        WatchedSockets.connection(number, TcpState.ESTABLISHED),
        Optional.empty());
  }

  private static TcpEvent failed(Instant at) {
    return new TcpEvent.LookFailed(at, "no memory");
  }

  /** The names and seconds of the events that are left, of which the clock says this. */
  private List<String> left(int now) {
    return history
        .toJsonLines(at(now))
        .lines()
        .map(
            line ->
                line.replaceFirst(
                    ".*\"event\":\"(\\w+)\",\"at\":\"2026-11-28T02:(..:..)[^\"]*\".*", "$1 $2"))
        .toList();
  }

  @Test
  void whatHappenedInTheLastMinutesIsThereInItsOrder() {
    history.add(failed(at(1)));
    history.add(opened(at(2), 1));
    history.add(failed(at(3)));
    history.add(opened(at(3), 2));

    assertThat(left(10))
        .containsExactly("look_failed 00:01", "opened 00:02", "opened 00:03", "look_failed 00:03");
    assertThat(left(632)).containsExactly("opened 00:02", "opened 00:03", "look_failed 00:03");
    assertThat(left(634)).isEmpty();
  }

  /** The connections of a busy port do not displace what is rare, and are told as missed. */
  @Test
  void itsMemoryHasABound() {
    history.add(failed(at(0)));
    for (int i = 0; i < SocketHistory.MOST + 7; i++) {
      history.add(opened(at(1).plusMillis(i), i));
    }

    List<String> lines = history.toJsonLines(at(10)).lines().toList();
    assertThat(lines).hasSize(1 + 1 + SocketHistory.MOST);
    assertThat(lines.get(0)).contains("\"event\":\"look_failed\"");
    assertThat(lines.get(1)).contains("\"event\":\"missed\"", "\"events\":7");
    assertThat(lines.get(2)).contains("\"event\":\"opened\"", "02:00:01.007");
  }

  /** After a quiet time it counts from the start. */
  @Test
  void whatWasMissedLongAgoIsForgotten() {
    for (int i = 0; i < SocketHistory.MOST + 7; i++) {
      history.add(opened(at(1), i));
    }
    assertThat(left(700)).isEmpty();

    for (int i = 0; i < SocketHistory.MOST + 1; i++) {
      history.add(opened(at(800), i));
    }
    assertThat(history.toJsonLines(at(801))).contains("\"event\":\"missed\"", "\"events\":1}");
  }
}
