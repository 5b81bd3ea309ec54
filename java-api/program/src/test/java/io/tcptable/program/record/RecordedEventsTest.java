// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.Endpoint;
import io.tcptable.Ownership;
import io.tcptable.SocketKey;
import io.tcptable.TcpState;
import io.tcptable.watch.TcpEvent;
import io.tcptable.watch.WatchedSocket;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RecordedEventsTest {

  private final List<String> lines = new ArrayList<>();
  private final RecordedEvents events = new RecordedEvents(lines::add);

  private static TcpEvent opened(long cookie) {
    Endpoint end = Endpoint.of(InetAddress.getLoopbackAddress(), 3001);
    return new TcpEvent.Opened(
        Instant.EPOCH,
        TcpEvent.KnownBy.PUSHED,
        new WatchedSocket(
            SocketKey.ofCookie(cookie),
            end,
            end,
            TcpState.ESTABLISHED,
            Ownership.UNKNOWN,
            List.of(),
            Optional.empty()),
        Optional.empty());
  }

  @Test
  void whatIsLeftOutIsCounted() {
    for (int i = 1; i <= 10_000; i++) {
      events.accept(opened(i));
    }
    events.accept(new TcpEvent.Lost(Instant.EPOCH, OptionalLong.of(7)));

    assertThat(lines).hasSize(RecordedEvents.MOST + 1);
    assertThat(lines.get(RecordedEvents.MOST)).contains("\"event\":\"lost\"");
    assertThat(events.next()).isEqualTo(new RecordedEvents.Counts(10_000, 0, 0, 9_000));
    assertThat(events.total()).isEqualTo(10_001);
  }

  @Test
  void eachSampleBeginsAgain() {
    for (int i = 1; i <= RecordedEvents.MOST + 1; i++) {
      events.accept(opened(i));
    }
    assertThat(events.next().omitted()).isEqualTo(1);
    lines.clear();
    events.accept(opened(1));

    assertThat(lines).hasSize(1);
    assertThat(events.next()).isEqualTo(new RecordedEvents.Counts(1, 0, 0, 0));
  }
}
