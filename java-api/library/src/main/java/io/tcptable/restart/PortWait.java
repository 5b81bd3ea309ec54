// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

import io.tcptable.CheckReturnValue;
import io.tcptable.Endpoint;
import io.tcptable.ListenAddress;
import io.tcptable.OsProcess;
import io.tcptable.TcpTableException;
import io.tcptable.health.HealthProbe;
import io.tcptable.internal.platform.BindTest;
import io.tcptable.internal.platform.PortNumber;
import io.tcptable.internal.server.BindAddress;
import io.tcptable.internal.server.PortScope;
import io.tcptable.internal.wording.DurationText;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Waits until a port is as wanted. Immutable: each method returns a new request, and {@link #run()}
 * carries it out. Safe for use by many threads.
 *
 * <pre>{@code
 * boolean isUp = PortWait.untilListening(3001).timeout(Duration.ofSeconds(10)).run().isMet();
 * }</pre>
 */
@CheckReturnValue
public final class PortWait {

  /** What is waited for. */
  private interface Condition {
    Observation look() throws InterruptedException;
  }

  /**
   * What one look has shown.
   *
   * @param occupied where a process listens; empty if none does, or that does not matter
   */
  private record Observation(boolean isMet, String detail, Optional<ScopedListeners> occupied) {

    Observation(boolean isMet, String detail) {
      this(isMet, detail, Optional.empty());
    }

    static Observation occupied(boolean isMet, ScopedListeners listeners) {
      return new Observation(
          isMet, "a process listens on " + listeners.scope(), Optional.of(listeners));
    }

    /** With the names of those who listen: to look for them each time would cost too much. */
    Result result(Duration duration) {
      List<OsProcess> owners = occupied.map(ScopedListeners::owners).orElse(List.of());
      return new Result(isMet, duration, owners.isEmpty() ? detail : named(owners), owners);
    }

    private String named(List<OsProcess> owners) {
      return Processes.names(owners)
          + (owners.size() == 1 ? " listens on " : " listen on ")
          + occupied.orElseThrow().scope();
    }
  }

  /**
   * How waiting ended.
   *
   * @param isMet whether the port is as wanted
   * @param duration how long it took
   * @param detail what was seen last, in one line
   * @param listening the processes that listen, in ascending order of PID; none if none does, if
   *     this user may not know them, or if a healthy server was waited for
   */
  public record Result(boolean isMet, Duration duration, String detail, List<OsProcess> listening) {

    /** Keeps its own copy. */
    public Result {
      listening = List.copyOf(listening);
    }
  }

  /** How long it waits unless told otherwise. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  private final String what;

  /** Each run has its own. */
  private final Function<Deadline, Condition> condition;

  private final Duration timeout;

  private PortWait(String what, Function<Deadline, Condition> condition, Duration timeout) {
    this.what = what;
    this.condition = condition;
    this.timeout = timeout;
  }

  private static PortWait until(String what, Condition condition) {
    return new PortWait(what, deadline -> condition, DEFAULT_TIMEOUT);
  }

  /**
   * Until any process listens on the port.
   *
   * @param port 1 to 65535
   * @throws IllegalArgumentException if it is out of range
   */
  public static PortWait untilListening(int port) {
    return untilListening(PortScope.of(PortNumber.checked(port)));
  }

  /** Until a listener of any process takes connections to this address. */
  public static PortWait untilListening(ListenAddress address) {
    Objects.requireNonNull(address, "address");
    return untilListening(PortScope.of(address));
  }

  private static PortWait untilListening(PortScope scope) {
    ScopedListeners listeners = ScopedListeners.of(scope);
    return until(
        "a process listens on " + scope,
        () -> {
          return listeners.areThere()
              ? Observation.occupied(true, listeners)
              : new Observation(false, "nobody listens on " + scope);
        });
  }

  /**
   * Until nobody listens on the port and it can be bound, if need be by SO_REUSEADDR.
   *
   * @param port 1 to 65535
   * @throws IllegalArgumentException if it is out of range
   */
  public static PortWait untilFree(int port) {
    return untilFree(
        PortScope.of(PortNumber.checked(port)), new InetSocketAddress("0.0.0.0", port));
  }

  /** Until nobody listens on this address and it can be bound, if need be by SO_REUSEADDR. */
  public static PortWait untilFree(ListenAddress address) {
    Objects.requireNonNull(address, "address");
    return untilFree(PortScope.of(address), BindAddress.of(address));
  }

  private static PortWait untilFree(PortScope scope, InetSocketAddress bound) {
    ScopedListeners listeners = ScopedListeners.of(scope);
    return until(
        scope + " is free",
        () -> {
          if (listeners.areThere()) {
            return Observation.occupied(false, listeners);
          }
          Optional<String> refusal = BindTest.of(bound).refusal();
          String address = Endpoint.of(bound.getAddress(), bound.getPort()).toString();
          return refusal.isPresent()
              ? new Observation(
                  false, "nobody listens, but " + address + " cannot be bound: " + refusal.get())
              : new Observation(true, "nobody listens, and " + address + " can be bound");
        });
  }

  /**
   * Until a server is healthy and, if it is on this machine, a process that listens has run for
   * {@link PortRestart#DEFAULT_SETTLE}: a server that ends again and again is not healthy. The
   * probe's own deadline does not count.
   */
  public static PortWait untilHealthy(HealthProbe probe) {
    Objects.requireNonNull(probe, "probe");
    return new PortWait(
        probe.url() + " is healthy",
        deadline -> {
          SteadyProbe steady = new SteadyProbe(new TimedProbe(probe, deadline));
          return () -> {
            SteadyProbe.Answer answer = steady.run();
            return new Observation(answer.isHealthy(), answer.detail());
          };
        },
        DEFAULT_TIMEOUT);
  }

  /**
   * How long to wait; {@link #DEFAULT_TIMEOUT} unless told otherwise. With zero or less it looks
   * once. A health probe may take a second longer.
   */
  public PortWait timeout(Duration longest) {
    Objects.requireNonNull(longest, "longest");
    return new PortWait(what, condition, longest);
  }

  /**
   * Waits; looks at least once.
   *
   * @throws TcpTableException if the table could not be read
   * @throws InterruptedException if this thread was interrupted
   */
  public Result run() throws InterruptedException {
    long start = System.nanoTime();
    Deadline deadline = Deadline.after(timeout);
    Condition wanted = condition.apply(deadline);
    while (true) {
      Observation sight = wanted.look();
      if (sight.isMet() || deadline.isOver()) {
        return sight.result(Duration.ofNanos(System.nanoTime() - start));
      }
      deadline.pause();
    }
  }

  /** What it waits for, and how long. */
  @Override
  public String toString() {
    return "until " + what + ", " + DurationText.of(timeout) + " at most";
  }
}
