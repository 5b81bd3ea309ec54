// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tcptable.internal.platform.SourceException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReaperTest {

  private static final long LONGEST_SECONDS = 60;

  private final BlockingQueue<Integer> reaped = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();

  /** Each look is bounded, and what is left over does not wait for a second. */
  @Test
  void allOrphansAreReapedByLooksThatAreBounded() throws Exception {
    AtomicInteger left = new AtomicInteger(3_000);
    try (Reaper reaper = Reaper.start(most -> reap(left, most), failures::add)) {
      assertThat(reaper).isNotNull();
      int sum = 0;
      while (sum < 3_000) {
        Integer next = reaped.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
        assertThat(next).isNotNull().isBetween(1, 256);
        sum += next;
      }
    }
    assertThat(failures).isEmpty();
  }

  private int reap(AtomicInteger left, int most) {
    int before = left.getAndUpdate(it -> Math.max(0, it - most));
    int count = Math.min(before, most);
    reaped.add(count);
    return count;
  }

  @Test
  void whereItIsImpossibleThatIsToldOnce() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    try (Reaper reaper =
        Reaper.start(
            most -> {
              looks.incrementAndGet();
              throw new SourceException("waitid", "", "no system calls");
            },
            failures::add)) {
      assertThat(reaper).isNotNull();
      assertThat(failures.poll(LONGEST_SECONDS, TimeUnit.SECONDS)).isEqualTo("no system calls");
      assertThat(failures.poll(1500, TimeUnit.MILLISECONDS)).isNull();
    }
    assertThat(looks).hasValue(1);
  }
}
