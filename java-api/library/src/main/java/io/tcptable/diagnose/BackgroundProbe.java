// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.Endpoint;
import io.tcptable.health.HealthProbe;
import io.tcptable.health.HealthResult;
import io.tcptable.process.PortPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The health check, on a thread of its own while the samples are taken, and what could not be
 * connected to meanwhile.
 */
final class BackgroundProbe implements AutoCloseable {

  private final int port;
  private final Optional<HealthProbe> probe;
  private final PortPolicy policy;
  private final FailedAttempts attempts = FailedAttempts.open();
  private final FutureTask<HealthResult> probing = new FutureTask<>(this::probe);
  private final Map<Endpoint, Integer> failed = new ConcurrentHashMap<>();
  private final long started = System.nanoTime();

  /** As {@link #started}, once it is over. */
  private final AtomicReference<Long> ended = new AtomicReference<>();

  private BackgroundProbe(int port, Optional<HealthProbe> probe, PortPolicy policy) {
    this.port = port;
    this.probe = probe;
    this.policy = policy;
  }

  /**
   * Begins the health check of a port.
   *
   * @param probe empty to leave it out
   * @param policy tells connections to other servers from those of clients
   */
  static BackgroundProbe start(int port, Optional<HealthProbe> probe, PortPolicy policy) {
    BackgroundProbe begun = new BackgroundProbe(port, probe, policy);
    Thread prober = new Thread(begun.probing, "tcptable-diagnose");
    prober.setDaemon(true);
    prober.start();
    return begun;
  }

  private HealthResult probe() throws InterruptedException {
    attempts.read(policy);
    HealthResult result =
        probe.isPresent() ? probe.get().run() : HealthResult.notAsked(HealthProbe.of(port).url());
    ended.set(System.nanoTime());
    // What fails later is not for its sake.
    failed.putAll(attempts.read(policy));
    return result;
  }

  /** How long ago it began. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  /** How long ago it ended; zero while it is under way. */
  Duration over() {
    Long end = ended.get();
    return end == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - end);
  }

  /** Whether it was answered already, and not by a proxy that waited for its own server. */
  boolean isAnswered() throws InterruptedException {
    return probing.isDone() && !result().isUnanswered() && !result().isOfGateway();
  }

  /** What came of it, once it is over. */
  HealthResult result() throws InterruptedException {
    try {
      return probing.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("probing " + probe, e.getCause());
    }
  }

  /** Attempts to connect to others that failed while it was under way, once it is over. */
  Map<Endpoint, Integer> failed() {
    return failed;
  }

  @Override
  public void close() {
    probing.cancel(true);
    attempts.close();
  }
}
