// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import static io.tcptable.watch.Looks.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.TcpQuery;
import io.tcptable.TcpTableException;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.linux.netlink.DiagMessage;
import io.tcptable.internal.platform.SystemAccess;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A watch as a subscription. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class EventPublisherTest {

  private static final TcpQuery PORT = TcpQuery.all().localPort(3001);

  private final Looks looks = new Looks(PORT);
  private final TcpWatch watch =
      TcpWatch.of(PORT).every(TcpWatch.SHORTEST_INTERVAL).withoutPushes();
  private final Signals signals = new Signals();

  /** Keeps what comes. */
  private static final class Signals implements Flow.Subscriber<TcpEvent> {

    final BlockingQueue<Flow.Subscription> subscriptions = new LinkedBlockingQueue<>();
    final BlockingQueue<TcpEvent> events = new LinkedBlockingQueue<>();
    final BlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();
    final BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscriptions.add(subscription);
    }

    @Override
    public void onNext(TcpEvent event) {
      threads.add(Thread.currentThread());
      events.add(event);
    }

    @Override
    public void onError(Throwable error) {
      threads.add(Thread.currentThread());
      errors.add(error);
    }

    @Override
    public void onComplete() {
      throw new AssertionError("a watch does not complete");
    }
  }

  private Flow.Subscription subscribed() throws InterruptedException {
    SystemAccess access = looks.access();
    Platforms.reading(
        access,
        () -> {
          watch.publisher().subscribe(signals);
          return "";
        });
    return signals.subscriptions.take();
  }

  /** Waits until looks were taken that began after this call. */
  private void looked() {
    int before = looks.kernel.netlink().requests().size();
    while (looks.kernel.netlink().requests().size() < before + 3) {
      Thread.onSpinWait();
    }
  }

  private void looks(DiagMessage... now) {
    looks.sockets(now);
    looked();
  }

  @Test
  void givesWhatIsAskedForAndEndsWhenCancelled() throws InterruptedException {
    Flow.Subscription subscription = subscribed();
    looks(listener(1, 11));
    looks();
    assertThat(signals.events).isEmpty();

    subscription.request(1);
    assertThat(signals.events.take()).isInstanceOf(TcpEvent.ListenerOpened.class);
    looked();
    assertThat(signals.events).isEmpty();
    subscription.request(1);
    assertThat(signals.events.take()).isInstanceOf(TcpEvent.ListenerClosed.class);

    subscription.cancel();
    subscription.cancel();
    subscription.request(1);
    signals.threads.take().join();
    assertThat(signals.errors).isEmpty();
  }

  @Test
  void askingForNoneIsAnErrorThatEndsIt() throws InterruptedException {
    Flow.Subscription subscription = subscribed();
    subscription.request(0);

    assertThat(signals.errors.take())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("0 events are asked for, at least 1 expected");
    Thread delivery = signals.threads.take();
    assertThat(delivery.getName()).isEqualTo("tcptable-watch-events");
    delivery.join();
    assertThat(signals.errors).isEmpty();
  }

  @Test
  void aFirstLookThatFailsIsAnError() throws InterruptedException {
    SystemAccess access = looks.access();
    looks.kernel.on("socket").fail(Errno.EMFILE);
    Platforms.reading(
        access,
        () -> {
          watch.publisher().subscribe(signals);
          return "";
        });

    Flow.Subscription subscription = signals.subscriptions.take();
    assertThat(signals.errors.take()).isInstanceOf(TcpTableException.class);
    subscription.request(1);
    subscription.cancel();
    assertThat(watch.publisher()).hasToString("events of the " + watch);
  }
}
