// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A wait goes on in spite of an interruption, which its thread is told afterwards. */
@Timeout(60)
class UninterruptedWaitTest {

  private final CountDownLatch going = new CountDownLatch(1);
  private final FutureTask<String> work =
      new FutureTask<>(
          () -> {
            going.await();
            return "done";
          });
  private final Thread worker = new Thread(work);

  @AfterEach
  void leaveNoInterruption() {
    going.countDown();
    Thread.interrupted();
  }

  /** Lets the work go on once this thread waits for it, so that no wait can be over before. */
  private void goOnceWaitedFor() {
    Thread waiting = Thread.currentThread();
    Thread starter =
        new Thread(
            () -> {
              while (waiting.getState() != Thread.State.WAITING || waiting.isInterrupted()) {
                Thread.onSpinWait();
              }
              going.countDown();
            });
    starter.setDaemon(true);
    starter.start();
  }

  @Test
  void theResultComesInSpiteOfAnInterruption() {
    worker.start();
    Thread.currentThread().interrupt();
    goOnceWaitedFor();

    assertThat(UninterruptedWait.result(work)).isEqualTo("done");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aThreadIsJoinedInSpiteOfAnInterruption() {
    worker.start();
    Thread.currentThread().interrupt();
    goOnceWaitedFor();

    UninterruptedWait.join(worker);

    assertThat(worker.isAlive()).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aBoundedWaitEndsAtItsBound() {
    worker.start();
    Thread.currentThread().interrupt();
    Duration bound = Duration.ofMillis(50);
    long begin = System.nanoTime();

    UninterruptedWait.join(worker, bound);

    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(bound.toNanos());
    assertThat(worker.isAlive()).isTrue();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whoWasNotInterruptedIsNotAfterwards() {
    going.countDown();
    worker.start();

    UninterruptedWait.join(worker, Duration.ofSeconds(30));

    assertThat(worker.isAlive()).isFalse();
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void whatTheWorkThrowsComesAsItIs() {
    Error error = new AssertionError("an error");
    RuntimeException exception = new IllegalStateException("an exception");

    assertThatThrownBy(() -> UninterruptedWait.result(CompletableFuture.failedFuture(error)))
        .isSameAs(error);
    assertThatThrownBy(() -> UninterruptedWait.result(CompletableFuture.failedFuture(exception)))
        .isSameAs(exception);
  }
}
