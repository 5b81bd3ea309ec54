package io.tcptable.diagnose;

import io.tcptable.diagnose.HealthResult.Attempt;
import io.tcptable.diagnose.HealthResult.Outcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a server whether it is healthy, and tells apart all the ways in which it may not be. Every
 * address of the host is asked, all at the same time, since different servers may be behind them;
 * no other address is, and redirects are not followed. Immutable: each method returns a new probe.
 *
 * <pre>{@code
 * HealthProbe.of(URI.create("http://localhost:3001/health"))
 *     .expectJson("{\"status\": \"healthy\"}")
 *     .deadline(Duration.ofSeconds(5))
 *     .run()
 * }</pre>
 */
public final class HealthProbe {

  /** How long a probe waits unless told otherwise. */
  public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(5);

  /** From when on an answer is {@link Outcome#SLOW} unless told otherwise. */
  public static final Duration DEFAULT_SLOW = Duration.ofSeconds(2);

  private static final Duration GRACE = Duration.ofMillis(500);

  private static final String LOCALHOST = "localhost";

  private final URI url;
  private final Expectation expectation;
  private final Duration deadline;
  private final Duration slow;

  private HealthProbe(URI url, Expectation expectation, Duration deadline, Duration slow) {
    this.url = url;
    this.expectation = expectation;
    this.deadline = deadline;
    this.slow = slow;
  }

  /**
   * Asks {@code http://localhost:PORT/health}. Since that is a guess, a server without such a page
   * is healthy too (any status below 500), and so is one that answers in another protocol than
   * HTTP.
   *
   * @param port 1 to 65535
   * @throws IllegalArgumentException if it is out of range
   */
  public static HealthProbe of(int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not in 1..65535");
    }
    return new HealthProbe(
        URI.create("http://" + LOCALHOST + ":" + port + "/health"),
        Expectation.any(),
        DEFAULT_DEADLINE,
        DEFAULT_SLOW);
  }

  /**
   * Asks this URL and expects a status of 200 to 299, unless told otherwise.
   *
   * @param url {@code http://...}, {@code https://...}, or {@code tcp://HOST:PORT} for no more than
   *     a connection
   * @throws IllegalArgumentException if it is none of these, or a host or the port of {@code tcp}
   *     is missing
   */
  public static HealthProbe of(URI url) {
    String scheme = scheme(url);
    if (!Set.of("http", "https", "tcp").contains(scheme)) {
      throw new IllegalArgumentException(url + " does not start with http, https or tcp");
    }
    if (url.getHost() == null) {
      throw new IllegalArgumentException(url + " names no host");
    }
    if (port(url) < 1 || port(url) > 65_535) {
      throw new IllegalArgumentException(url + " names no port");
    }
    return new HealthProbe(url, Expectation.success(), DEFAULT_DEADLINE, DEFAULT_SLOW);
  }

  /** Expects this status and no other. */
  public HealthProbe expectStatus(int status) {
    return new HealthProbe(url, expectation.withStatus(status), deadline, slow);
  }

  /** Expects this text somewhere in the body. */
  public HealthProbe expectBody(String text) {
    return new HealthProbe(url, expectation.withBody(text), deadline, slow);
  }

  /**
   * Expects a body in JSON that holds all of this: members of objects may be in any order and there
   * may be more of them, everything else must be equal.
   *
   * @throws IllegalArgumentException if this is not JSON
   */
  public HealthProbe expectJson(String json) {
    return new HealthProbe(url, expectation.withJson(json), deadline, slow);
  }

  /**
   * How long to wait for the whole answer.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public HealthProbe deadline(Duration deadline) {
    return new HealthProbe(url, expectation, positive(deadline), slow);
  }

  /**
   * From when on a whole answer, though it came, is {@link Outcome#SLOW}.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public HealthProbe slowAfter(Duration slow) {
    return new HealthProbe(url, expectation, deadline, positive(slow));
  }

  private static Duration positive(Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(duration + " is not positive");
    }
    return duration;
  }

  /** What is asked. */
  public URI url() {
    return url;
  }

  /**
   * Asks now, and returns when all addresses have answered or the deadline is over; looking up the
   * host's name is not part of it.
   *
   * @throws InterruptedException if this thread was interrupted; the connections are closed
   */
  public HealthResult run() throws InterruptedException {
    List<InetAddress> addresses;
    try {
      addresses = addresses();
    } catch (UnknownHostException e) {
      String detail = "the host " + url.getHost() + " is not known";
      return new HealthResult(url, isAssumed(), Outcome.UNREACHABLE, detail, List.of());
    }
    List<Attempt> attempts = attempt(addresses);
    Attempt worst = HealthResult.worst(attempts).orElseThrow();
    return new HealthResult(url, isAssumed(), worst.outcome(), worst.detail(), attempts);
  }

  private List<Attempt> attempt(List<InetAddress> addresses) throws InterruptedException {
    List<ProbeAttempt> calls = new ArrayList<>();
    for (InetAddress address : addresses) {
      InetSocketAddress target = new InetSocketAddress(address, port(url));
      calls.add(new ProbeAttempt(url, target, expectation, deadline, slow));
    }
    ExecutorService threads = Executors.newFixedThreadPool(calls.size(), HealthProbe::daemon);
    try {
      List<Future<Attempt>> running = calls.stream().map(threads::submit).toList();
      List<Attempt> attempts = new ArrayList<>();
      for (int i = 0; i < running.size(); i++) {
        attempts.add(awaited(running.get(i), calls.get(i)));
      }
      return attempts;
    } catch (ExecutionException e) {
      throw new IllegalStateException("probing " + url, e.getCause());
    } finally {
      calls.forEach(ProbeAttempt::abandon);
      threads.shutdownNow();
    }
  }

  /** An attempt ends by itself, unless single bytes keep it going. */
  private Attempt awaited(Future<Attempt> running, ProbeAttempt attempt)
      throws InterruptedException, ExecutionException {
    try {
      return running.get(deadline.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
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

  /** Both loopback addresses for localhost, whatever the system's tables say: RFC 6761, 6.3. */
  private List<InetAddress> addresses() throws UnknownHostException {
    String host = url.getHost();
    Set<InetAddress> addresses = new LinkedHashSet<>();
    if (host.toLowerCase(Locale.ROOT).equals(LOCALHOST)) {
      addresses.add(InetAddress.getByAddress(LOCALHOST, new byte[] {127, 0, 0, 1}));
      byte[] v6 = new byte[16];
      v6[15] = 1;
      addresses.add(InetAddress.getByAddress(LOCALHOST, v6));
    } else {
      addresses.addAll(List.of(InetAddress.getAllByName(host)));
    }
    return List.copyOf(addresses);
  }

  private boolean isAssumed() {
    return expectation.isLenient();
  }

  private static String scheme(URI url) {
    return Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
  }

  static int port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return switch (scheme(url)) {
      case "http" -> 80;
      case "https" -> 443;
      default -> 0;
    };
  }

  /** What is asked, and how. */
  @Override
  public String toString() {
    return url + " within " + deadline;
  }
}
