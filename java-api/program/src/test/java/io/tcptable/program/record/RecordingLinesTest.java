// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpState;
import io.tcptable.watch.TcpEvent;
import io.tcptable.watch.WatchedSockets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RecordingLinesTest {

  private final List<String> lines = new ArrayList<>();
  private final RecordingLines events = new RecordingLines(lines::add);

  private static TcpEvent opened(long cookie) {
    return new TcpEvent.Opened(
        Instant.EPOCH,
        TcpEvent.KnownBy.PUSHED,
        WatchedSockets.connection(cookie, TcpState.ESTABLISHED),
        Optional.empty());
  }

  private String sample() {
    events.sample(Sample.of(Instant.EPOCH, List.of()));
    return lines.get(lines.size() - 1);
  }

  @Test
  void whatIsLeftOutIsCounted() {
    for (int i = 1; i <= 10_000; i++) {
      events.accept(opened(i));
    }
    events.accept(new TcpEvent.Lost(Instant.EPOCH, OptionalLong.of(7)));

    assertThat(lines).hasSize(RecordingLines.MOST_EVENTS + 1);
    assertThat(lines.get(RecordingLines.MOST_EVENTS)).contains("\"event\":\"lost\"");
    assertThat(sample())
        .contains("\"opened\":10000,\"accepted\":0,\"closed\":0,", "Omitted\":9000}");
    assertThat(events.events()).isEqualTo(10_001);
  }

  @Test
  void eachSampleBeginsAgain() {
    for (int i = 1; i <= RecordingLines.MOST_EVENTS + 1; i++) {
      events.accept(opened(i));
    }
    assertThat(sample()).contains("\"eventsOmitted\":1}");
    lines.clear();
    events.accept(opened(1));

    assertThat(lines).hasSize(1);
    assertThat(sample()).contains("\"opened\":1,").doesNotContain("eventsOmitted");
    assertThat(events.samples()).isEqualTo(2);
  }
}
