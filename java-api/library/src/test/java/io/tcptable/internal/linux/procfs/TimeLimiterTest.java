// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.procfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads that wait stand for those of a process whose {@code mmap_lock} is kept. */
@Timeout(60)
class TimeLimiterTest {

  private final TimeLimiter limiter = new TimeLimiter();
  private final CountDownLatch answer = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();

  private int stuck() throws InterruptedException {
    int number = asked.incrementAndGet();
    answer.await();
    return number;
  }

  @Test
  void givesWhatIsReadAndWhatIsThrown() throws IOException {
    assertThat(limiter.call("a", () -> 42)).isEqualTo(42);
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> limiter.call("a", () -> fail(new NoSuchFileException("a"))));
    assertThatIllegalStateException()
        .isThrownBy(() -> limiter.call("a", () -> fail(new IllegalStateException("a"))));
    assertThatExceptionOfType(OutOfMemoryError.class)
        .isThrownBy(() -> limiter.call("a", () -> fail(new OutOfMemoryError("a"))));
    assertThatIOException()
        .isThrownBy(() -> limiter.call("a", () -> fail(new Exception("checked"))));
  }

  private static int fail(Throwable failure) throws Exception {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (Exception) failure;
  }

  @Test
  void whatDoesNotAnswerIsLeftBehindAndNotAskedAgainUntilItDoes() throws Exception {
    assertThatExceptionOfType(UnansweredException.class)
        .isThrownBy(() -> limiter.call("/proc/7/cmdline", this::stuck))
        .withMessage("/proc/7/cmdline did not answer within 500ms");
    assertThatExceptionOfType(UnansweredException.class)
        .isThrownBy(() -> limiter.call("/proc/7/cmdline", this::stuck));
    assertThat(asked).hasValue(1);
    assertThat(limiter.call("/proc/8/cmdline", () -> 8)).as("another").isEqualTo(8);

    answer.countDown();
    while (true) {
      try {
        assertThat(limiter.call("/proc/7/cmdline", () -> 7)).isEqualTo(7);
        return;
      } catch (UnansweredException e) {
        Thread.sleep(5);
      }
    }
  }

  /** However many processes are stuck, only so many threads wait for them. */
  @Test
  void theThreadsLeftBehindAreBounded() throws Exception {
    try {
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        String what = "/proc/" + i + "/cmdline";
        Thread caller = new Thread(() -> ask(what));
        caller.start();
        callers.add(caller);
      }
      for (Thread caller : callers) {
        caller.join();
      }
      for (int i = 16; i < 5_000; i++) {
        String what = "/proc/" + i + "/cmdline";
        assertThatIOException()
            .isThrownBy(() -> limiter.call(what, this::stuck))
            .withMessageContaining("too many");
      }
      assertThat(asked).hasValue(16);
    } finally {
      answer.countDown();
    }
  }

  private void ask(String what) {
    try {
      limiter.call(what, this::stuck);
    } catch (IOException e) {
      // As it should be.
    }
  }

  @Test
  void anInterruptionIsKept() throws IOException {
    Thread.currentThread().interrupt();
    assertThat(limiter.call("a", () -> 42)).isEqualTo(42);
    assertThat(Thread.interrupted()).isTrue();
  }

  /** A thread that was left behind keeps no program from ending. */
  @Test
  void readsInDaemonThreads() throws IOException {
    assertThat(limiter.call("a", () -> Thread.currentThread().isDaemon())).isTrue();
  }
}
