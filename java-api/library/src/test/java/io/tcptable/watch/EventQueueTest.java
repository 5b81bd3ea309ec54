// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What fits, and what is counted. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class EventQueueTest {

  private static final Instant NOW = Instant.EPOCH;

  private final EventQueue queue = new EventQueue(3, () -> NOW);

  private static TcpEvent event(long number) {
    return new TcpEvent.Lost(NOW, OptionalLong.of(number));
  }

  @Test
  void tellsHowManyAreMissingWhereTheyAre() throws InterruptedException {
    queue.request(Long.MAX_VALUE);
    for (int i = 1; i <= 5; i++) {
      queue.add(event(i));
    }
    assertThat(queue.take()).isEqualTo(event(1));
    // Room for one, and two are needed.
    queue.add(event(6));
    assertThat(queue.take()).isEqualTo(event(2));
    queue.add(event(7));
    queue.add(event(8));

    assertThat(queue.take()).isEqualTo(event(3));
    assertThat(queue.take()).isEqualTo(new TcpEvent.Missed(NOW, 3));
    assertThat(queue.take()).isEqualTo(event(7));
    assertThat(queue.take()).isEqualTo(new TcpEvent.Missed(NOW, 1));
  }

  @Test
  void holdsNoMoreThanItMay() throws InterruptedException {
    for (int i = 0; i < 1_000_000; i++) {
      queue.add(event(0));
    }
    queue.request(4);
    for (int i = 0; i < 3; i++) {
      assertThat(queue.take()).isEqualTo(event(0));
    }
    assertThat(queue.take()).isEqualTo(new TcpEvent.Missed(NOW, 999_997));
  }

  @Test
  void givesWhatIsAskedForAlone() throws InterruptedException {
    queue.add(event(1));
    queue.add(event(2));
    queue.request(1);
    assertThat(queue.take()).isEqualTo(event(1));
    Thread other =
        new Thread(
            () -> {
              queue.request(1);
            });
    other.start();
    assertThat(queue.take()).isEqualTo(event(2));
    other.join();
    queue.request(Long.MAX_VALUE);
    queue.request(Long.MAX_VALUE);
    queue.add(event(3));
    assertThat(queue.take()).isEqualTo(event(3));
  }

  @Test
  void hasNoneOnceItIsClosed() throws InterruptedException {
    queue.request(5);
    queue.add(event(1));
    queue.close();
    queue.add(event(2));
    assertThat(queue.take()).isNull();
  }
}
