// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import io.tcptable.health.HealthResult.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The attempts of one health probe, all at the same time. */
final class ProbeRun {

  private static final Duration GRACE = Duration.ofMillis(500);

  private ProbeRun() {}

  /**
   * Returns when all have ended; none takes much longer than the deadline.
   *
   * @param attempts at least one
   */
  static List<Attempt> of(List<ProbeAttempt> attempts, ProbeClock clock)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(attempts.size(), ProbeRun::daemon);
    try {
      List<Future<Attempt>> running = attempts.stream().map(threads::submit).toList();
      List<Attempt> ended = new ArrayList<>();
      for (int i = 0; i < running.size(); i++) {
        ended.add(awaited(running.get(i), attempts.get(i), clock));
      }
      return ended;
    } catch (ExecutionException e) {
      throw new IllegalStateException("probing", e.getCause());
    } finally {
      attempts.forEach(ProbeAttempt::abandon);
      threads.shutdownNow();
    }
  }

  /** An attempt ends by itself, unless single bytes keep it going. */
  private static Attempt awaited(Future<Attempt> running, ProbeAttempt attempt, ProbeClock clock)
      throws InterruptedException, ExecutionException {
    try {
      return running.get(clock.nanosLeft() + GRACE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      attempt.abandon();
      return running.get();
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "tcptable-health-probe");
    thread.setDaemon(true);
    return thread;
  }
}
