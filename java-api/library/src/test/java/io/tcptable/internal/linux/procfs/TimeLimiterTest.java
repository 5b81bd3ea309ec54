// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux.procfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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

  /** To hand over a read costs more than the read. */
  @Test
  void aBatchIsHandedOverOnce() throws IOException {
    CountingExecutor threads = new CountingExecutor();
    TimeLimiter counted = new TimeLimiter(threads);

    assertThat(counted.batch(() -> sumOf(counted, 1_000))).isEqualTo(499_500);
    assertThat(threads.tasks).hasValue(1);
  }

  private static int sumOf(TimeLimiter limiter, int reads) throws IOException {
    int sum = 0;
    for (int i = 0; i < reads; i++) {
      int number = i;
      sum += limiter.call("/proc/" + i + "/cmdline", () -> number);
    }
    return sum;
  }

  /** Starts a thread for each task, as the limiter asks. */
  private static final class CountingExecutor extends AbstractExecutorService {

    private final AtomicInteger tasks = new AtomicInteger();

    @Override
    public void execute(Runnable task) {
      tasks.incrementAndGet();
      Thread thread = new Thread(task, "reader");
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void shutdown() {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Runnable> shutdownNow() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return false;
    }
  }

  /** The reads before and after one that is stuck are answered, and the stuck one is told. */
  @Test
  void aBatchGoesOnWithoutWhatDoesNotAnswer() throws Exception {
    Map<Integer, String> found = new ConcurrentSkipListMap<>();
    CountingExecutor threads = new CountingExecutor();
    TimeLimiter counted = new TimeLimiter(threads);
    AtomicReference<Thread> stuck = new AtomicReference<>();

    counted.batch(
        () -> {
          for (int i = 0; i < 6; i++) {
            if (!found.containsKey(i)) {
              found.put(i, answer(counted, i, stuck));
            }
          }
          return null;
        });

    assertThat(found)
        .containsExactly(
            entry(0, "0"),
            entry(1, "1"),
            entry(2, "/proc/2/cmdline did not answer within 500ms"),
            entry(3, "3"),
            entry(4, "4"),
            entry(5, "5"));
    assertThat(threads.tasks).as("one more for the one that is stuck").hasValue(2);
    answer.countDown();
    Objects.requireNonNull(stuck.get()).join();
    assertThat(found).as("the thread left behind adds nothing").hasSize(6);
    assertThat(counted.call("/proc/2/cmdline", () -> 2)).as("asked again").isEqualTo(2);
  }

  private String answer(TimeLimiter limiter, int process, AtomicReference<Thread> stuck) {
    try {
      return limiter.call(
          "/proc/" + process + "/cmdline",
          () -> {
            if (process == 2) {
              stuck.set(Thread.currentThread());
              stuck();
            }
            return Integer.toString(process);
          });
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** However many are stuck, a batch ends: beyond a number, nothing is asked. */
  @Test
  void aBatchLeavesOnlySoManyThreadsBehind() throws Exception {
    AtomicInteger refused = new AtomicInteger();
    try {
      limiter.batch(
          () -> {
            refused.set(0);
            for (int i = 0; i < 40; i++) {
              try {
                limiter.call("/proc/" + i + "/cmdline", this::stuck);
              } catch (UnansweredException e) {
                // Known from before.
              } catch (IOException e) {
                refused.incrementAndGet();
              }
            }
            return null;
          });
      assertThat(asked).hasValue(16);
      assertThat(refused).hasValue(24);
    } finally {
      answer.countDown();
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
