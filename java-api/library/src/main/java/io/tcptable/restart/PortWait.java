// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.Endpoint;
import io.tcptable.TcpTableException;
import io.tcptable.health.HealthProbe;
import io.tcptable.health.HealthResult;
import io.tcptable.internal.platform.BindTest;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** Waits until a port is as wanted. Immutable and safe for use by many threads. */
public final class PortWait {

  /** What is waited for. */
  private interface Condition {
    Sight look(Deadline deadline) throws InterruptedException;
  }

  private record Sight(boolean isMet, String detail) {}

  /**
   * What came of waiting.
   *
   * @param isMet whether the port is as wanted
   * @param duration how long it took
   * @param detail what was seen last, in one line
   */
  public record Result(boolean isMet, Duration duration, String detail) {}

  private final Condition condition;

  private PortWait(Condition condition) {
    this.condition = condition;
  }

  /**
   * Until somebody listens on the port, whoever it is.
   *
   * @param port 1 to 65535
   * @throws IllegalArgumentException if it is out of range
   */
  public static PortWait untilListening(int port) {
    int checked = PortNumber.checked(port);
    return new PortWait(
        deadline -> {
          boolean listening = Listeners.areThere(checked);
          return new Sight(
              listening,
              listening
                  ? "somebody listens on port " + checked
                  : "nobody listens on port " + checked);
        });
  }

  /**
   * Until nobody listens on the port and it can be bound, if need be by SO_REUSEADDR.
   *
   * @param port 1 to 65535
   * @throws IllegalArgumentException if it is out of range
   */
  public static PortWait untilFree(int port) {
    InetSocketAddress any = new InetSocketAddress("0.0.0.0", PortNumber.checked(port));
    return new PortWait(
        deadline -> {
          if (Listeners.areThere(port)) {
            return new Sight(false, "somebody listens on port " + port);
          }
          Optional<String> refusal = BindTest.of(any).refusal();
          String address = Endpoint.of(any.getAddress(), port).toString();
          return refusal.isPresent()
              ? new Sight(
                  false, "nobody listens, but " + address + " cannot be bound: " + refusal.get())
              : new Sight(true, "nobody listens, and " + address + " can be bound");
        });
  }

  /** Until a server is healthy. The probe's own deadline does not count. */
  public static PortWait untilHealthy(HealthProbe probe) {
    return new PortWait(
        deadline -> {
          HealthResult result = TimedProbe.run(probe, deadline);
          return new Sight(result.isHealthy(), result.url() + " " + result.detail());
        });
  }

  /**
   * Waits; looks at least once.
   *
   * @param longest how long; a health probe may take a second longer
   * @throws TcpTableException if the table could not be read
   * @throws InterruptedException if this thread was interrupted
   */
  public Result await(Duration longest) throws InterruptedException {
    long start = System.nanoTime();
    Deadline deadline = Deadline.after(longest);
    while (true) {
      Sight sight = condition.look(deadline);
      if (sight.isMet() || deadline.isOver()) {
        return new Result(
            sight.isMet(), Duration.ofNanos(System.nanoTime() - start), sight.detail());
      }
      deadline.pause();
    }
  }
}
