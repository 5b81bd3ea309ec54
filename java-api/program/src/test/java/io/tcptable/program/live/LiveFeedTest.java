// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpState;
import io.tcptable.watch.Ending;
import io.tcptable.watch.TcpEvent;
import io.tcptable.watch.WatchedSockets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveFeedTest {

  private final LiveFeed feed = new LiveFeed();

  private static TcpEvent closed(long cookie) {
    return new TcpEvent.Closed(
        Instant.EPOCH,
        TcpEvent.KnownBy.PUSHED,
        WatchedSockets.connection(cookie, TcpState.CLOSED),
        Duration.ZERO,
        Optional.empty(),
        Ending.NOT_SEEN);
  }

  private LiveFeed.News taken() {
    return feed.take().orElseThrow();
  }

  @Test
  void whatEndedComesWithTheNextLook() {
    feed.event(closed(1));
    assertThat(feed.take()).isEmpty();
    feed.look(List.of());
    assertThat(taken().ended()).hasSize(1);
    assertThat(feed.take()).isEmpty();
    feed.look(List.of());
    assertThat(taken().ended()).isEmpty();
  }

  @Test
  void aViewThatTakesNothingFillsNoMemory() {
    for (int i = 1; i <= LiveFeed.MOST_ENDED; i++) {
      feed.event(closed(i));
      feed.look(List.of());
    }
    assertThat(taken().isLossy()).isFalse();
    for (int i = 0; i <= LiveFeed.MOST_ENDED; i++) {
      feed.event(closed(i));
    }
    feed.look(List.of());
    LiveFeed.News news = taken();
    assertThat(news.ended()).hasSize(LiveFeed.MOST_ENDED);
    assertThat(news.isLossy()).isTrue();
  }

  @Test
  void whatIsMissedIsKnownToBeMissing() {
    feed.event(new TcpEvent.Missed(Instant.EPOCH, 3));
    feed.look(List.of());
    assertThat(taken().isLossy()).isTrue();
  }

  @Test
  void aLookThatFailsIsTroubleUntilOneSucceeds() {
    feed.event(new TcpEvent.LookFailed(Instant.EPOCH, "EMFILE"));
    assertThat(feed.trouble()).isEqualTo("EMFILE");
    feed.look(List.of());
    assertThat(feed.trouble()).isEmpty();
    feed.fail("EACCES");
    assertThat(feed.trouble()).isEqualTo("EACCES");
  }
}
