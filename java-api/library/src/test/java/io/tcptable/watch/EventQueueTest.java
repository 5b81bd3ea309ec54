// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpQuery;
import io.tcptable.TcpTable;
import io.tcptable.internal.Platforms;
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

  private static TcpTable table() {
    Looks looks = new Looks(TcpQuery.all());
    return Platforms.reading(looks.access(), () -> TcpTable.snapshot(TcpQuery.all()));
  }

  @Test
  void aLookHasItsPlaceAmongTheEvents() throws InterruptedException {
    TcpTable first = table();
    TcpTable second = table();
    queue.request(2);
    queue.look(first);
    queue.add(event(1));
    // The first one was not taken in time.
    queue.look(second);
    queue.add(event(2));
    queue.add(event(3));

    assertThat(queue.takeLook()).isNull();
    assertThat(queue.take()).isEqualTo(event(1));
    assertThat(queue.takeLook()).isSameAs(second);
    assertThat(queue.takeLook()).isNull();
    assertThat(queue.take()).isEqualTo(event(2));
    // Nobody asks for a third event, and a look needs not be asked for.
    queue.look(first);
    assertThat(queue.takeLook()).isNull();
    queue.request(1);
    assertThat(queue.await()).isTrue();
    assertThat(queue.take()).isEqualTo(event(3));
    assertThat(queue.await()).isTrue();
    assertThat(queue.takeLook()).isSameAs(first);
    queue.close();
    assertThat(queue.await()).isFalse();
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
