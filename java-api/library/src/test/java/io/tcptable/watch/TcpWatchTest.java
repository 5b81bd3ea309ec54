// SPDX-License-Identifier: Apache-2.0
package io.tcptable.watch;

import static io.tcptable.watch.Looks.ESTABLISHED;
import static io.tcptable.watch.Looks.connection;
import static io.tcptable.watch.Looks.listener;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tcptable.TcpQuery;
import io.tcptable.TcpTable;
import io.tcptable.TcpTableException;
import io.tcptable.internal.Platforms;
import io.tcptable.internal.linux.kernel.Errno;
import io.tcptable.internal.linux.netlink.DiagMessage;
import io.tcptable.internal.platform.SystemAccess;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The threads of a watch, and who waits for whom. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TcpWatchTest {

  private static final TcpQuery PORT = TcpQuery.all().localPort(3001);

  private final Looks looks = new Looks(PORT);
  private final BlockingQueue<TcpEvent> events = new LinkedBlockingQueue<>();
  private final TcpWatch watch =
      TcpWatch.of(PORT).every(TcpWatch.SHORTEST_INTERVAL).withoutPushes();

  private RunningWatch started(TcpWatch request) {
    return Platforms.reading(looks.access(), () -> request.start(events::add));
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(it -> it.getName().startsWith("tcptable-watch"))
        .collect(Collectors.toSet());
  }

  @AfterEach
  void noThreadIsLeft() throws InterruptedException {
    for (Thread thread : threads()) {
      // One that was only told to end.
      thread.join(TimeUnit.SECONDS.toMillis(10));
    }
    assertThat(threads()).isEmpty();
    assertThat(looks.kernel.open()).isEmpty();
  }

  @Test
  void tellsUntilItIsClosed() throws InterruptedException {
    try (RunningWatch running = started(watch)) {
      assertThat(threads()).hasSize(2).allMatch(Thread::isDaemon);
      looks.sockets(listener(1, 11));
      assertThat(events.take()).isInstanceOf(TcpEvent.ListenerOpened.class);
      assertThat(running).hasToString(watch.toString());
    }
    assertThat(threads()).isEmpty();
    looks.sockets();
    assertThat(events).isEmpty();
  }

  @Test
  void aSlowListenerStopsNoLookAndIsToldWhatItMisses() throws InterruptedException {
    CountDownLatch slow = new CountDownLatch(1);
    RunningWatch running =
        Platforms.reading(
            looks.access(),
            () ->
                watch
                    .buffer(2)
                    .start(
                        event -> {
                          events.add(event);
                          await(slow);
                        }));
    try (running) {
      looks.sockets(listener(1, 11));
      assertThat(events.take()).isInstanceOf(TcpEvent.ListenerOpened.class);
      // Of 101 events at once, with the end of the listener, two wait.
      looks.sockets(
          IntStream.range(0, 100)
              .mapToObj(it -> connection(100 + it, ESTABLISHED, 40_000 + it, 0))
              .toArray(DiagMessage[]::new));
      int before = looks.kernel.netlink().requests().size();
      while (looks.kernel.netlink().requests().size() < before + 5) {
        Thread.onSpinWait();
      }
      slow.countDown();
      List<TcpEvent> told = List.of(events.take(), events.take(), events.take());
      assertThat(told.get(2)).isInstanceOf(TcpEvent.Missed.class);
      assertThat(((TcpEvent.Missed) told.get(2)).events()).isEqualTo(99);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void closingDoesNotWaitForAListenerThatWaits() throws InterruptedException {
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
    RunningWatch running =
        Platforms.reading(
            looks.access(),
            () ->
                watch.start(
                    event -> {
                      Thread.currentThread().setUncaughtExceptionHandler((t, e) -> thrown.add(e));
                      called.countDown();
                      await(never);
                    }));
    looks.sockets(listener(1, 11));
    called.await();
    running.close();
    running.close();
    assertThat(threads()).isEmpty();
    assertThat(thrown.take()).hasCauseInstanceOf(InterruptedException.class);
  }

  @Test
  void aListenerMayCloseItAndMayThrow() throws InterruptedException {
    BlockingQueue<RunningWatch> own = new LinkedBlockingQueue<>();
    own.add(
        Platforms.reading(
            looks.access(),
            () ->
                watch.start(
                    event -> {
                      own.element().close();
                      events.add(event);
                    })));
    looks.sockets(listener(1, 11));
    assertThat(events.take()).isInstanceOf(TcpEvent.ListenerOpened.class);
    noThreadIsLeft();

    BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
    Platforms.reading(
        looks.access(),
        () ->
            watch.start(
                event -> {
                  Thread.currentThread().setUncaughtExceptionHandler((t, e) -> thrown.add(e));
                  throw new IllegalStateException("enough");
                }));
    looks.sockets();
    assertThat(thrown.take()).hasMessage("enough");
  }

  @Test
  void aLookThatFailsIsToldOnceAndTheWatchGoesOn() throws InterruptedException {
    try (RunningWatch running = started(watch)) {
      assertThat(running).isNotNull();
      looks.kernel.on("socket").times(3).fail(Errno.EMFILE);
      TcpEvent.LookFailed failed = (TcpEvent.LookFailed) events.take();
      assertThat(failed.reason()).contains("EMFILE");
      looks.sockets(listener(1, 11));
      assertThat(events.take()).isInstanceOf(TcpEvent.ListenerOpened.class);
    }
  }

  /** One look gives both, each table after the events that it has told. */
  @Test
  void handsOverEachLookAmongTheEvents() throws InterruptedException {
    BlockingQueue<Object> told = new LinkedBlockingQueue<>();
    RunningWatch running =
        Platforms.reading(looks.access(), () -> watch.eachLook(told::add).start(told::add));
    try (running) {
      assertThat(((TcpTable) told.take()).isEmpty()).isTrue();
      looks.sockets(listener(1, 11));
      Object next = told.take();
      while (next instanceof TcpTable empty) {
        assertThat(empty.isEmpty()).isTrue();
        next = told.take();
      }
      assertThat(next).isInstanceOf(TcpEvent.ListenerOpened.class);
      assertThat(((TcpTable) told.take()).listeners()).hasSize(1);
    }
  }

  @Test
  void aConsumerOfLooksThatThrowsEndsIt() throws InterruptedException {
    BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
    RunningWatch running =
        Platforms.reading(
            looks.access(),
            () ->
                watch
                    .eachLook(
                        table -> {
                          Thread.currentThread()
                              .setUncaughtExceptionHandler((t, e) -> thrown.add(e));
                          throw new IllegalStateException("enough");
                        })
                    .start(events::add));
    try (running) {
      assertThat(thrown.take()).hasMessage("enough");
      noThreadIsLeft();
    }
  }

  /** The fake kernel cannot wait for anything. */
  @Test
  void pushesThatFailAreToldAndTheWatchGoesOnByLooks() throws InterruptedException {
    RunningWatch pushed =
        Platforms.reading(
            looks.access(),
            () -> TcpWatch.of(PORT).every(TcpWatch.SHORTEST_INTERVAL).start(events::add));
    try (pushed) {
      assertThat(pushed.whyNotPushed()).isEmpty();
      TcpEvent.Lost lost = (TcpEvent.Lost) events.take();
      assertThat(lost.records()).isEmpty();
      looks.sockets(listener(1, 11));
      assertThat(events.take()).isInstanceOf(TcpEvent.ListenerOpened.class);
      looks.sockets();
      assertThat(events.take()).isInstanceOf(TcpEvent.ListenerClosed.class);
    }
  }

  @Test
  void saysWhyNothingIsPushed() {
    try (RunningWatch running = started(watch)) {
      assertThat(running.whyNotPushed()).contains("it was not asked for");
    }
    looks.kernel.on("setsockopt").after(1).times(1).fail(Errno.EPERM);
    RunningWatch refused =
        Platforms.reading(looks.access(), () -> TcpWatch.of(PORT).start(events::add));
    try (refused) {
      assertThat(refused.whyNotPushed())
          .hasValueSatisfying(
              it ->
                  assertThat(it)
                      .startsWith(
                          "listening for TCP sockets that end: setsockopt failed with EPERM"));
    }
  }

  @Test
  void theFirstLookFailsAtOnce() {
    assertThat(started(watch)).satisfies(RunningWatch::close);
    SystemAccess access = looks.access();
    looks.kernel.on("socket").fail(Errno.EMFILE);
    assertThatThrownBy(() -> Platforms.reading(access, () -> watch.start(events::add)))
        .isInstanceOf(TcpTableException.class);
    assertThat(threads()).isEmpty();
  }
}
