// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import com.fasterxml.jackson.annotation.JsonValue;
import io.tcptable.CheckReturnValue;
import io.tcptable.Endpoint;
import io.tcptable.ListenAddress;
import io.tcptable.health.HealthResult.Attempt;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.internal.platform.PortNumber;
import io.tcptable.internal.wording.DurationText;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server whether it is healthy, and tells apart all the ways in which it may not be. Every
 * address of the host is asked, all at the same time, since different servers may be behind them;
 * no other address is, and redirects are not followed. Immutable: each method returns a new probe.
 * Safe for use by many threads. It needs no privileges, and takes a thread and a connection for
 * each address while it runs.
 *
 * <pre>{@code
 * HealthProbe.of(URI.create("http://localhost:3001/health"))
 *     .expectJson("{\"status\": \"healthy\"}")
 *     .deadline(Duration.ofSeconds(5))
 *     .run()
 * }</pre>
 */
@CheckReturnValue
public final class HealthProbe {

  /** How long a probe waits unless told otherwise. */
  public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(5);

  /** From when on an answer is {@link Outcome#SLOW} unless told otherwise. */
  public static final Duration DEFAULT_SLOW = Duration.ofSeconds(2);

  private final ProbeUrl url;
  private final Expectation expectation;
  private final Duration deadline;
  private final Duration slow;
  private final @Nullable SSLContext trusting;
  private final HostLookup lookup;

  private HealthProbe(
      ProbeUrl url,
      Expectation expectation,
      Duration deadline,
      Duration slow,
      @Nullable SSLContext trusting,
      HostLookup lookup) {
    this.url = url;
    this.expectation = expectation;
    this.deadline = deadline;
    this.slow = slow;
    this.trusting = trusting;
    this.lookup = lookup;
  }

  private HealthProbe(ProbeUrl url, Expectation expectation) {
    this(url, expectation, DEFAULT_DEADLINE, DEFAULT_SLOW, null, HostLookup.SYSTEM);
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
    return new HealthProbe(
        ProbeUrl.assumed("localhost", PortNumber.checked(port)), Expectation.any());
  }

  /**
   * Asks this URL and expects a status of 200 to 299, unless told otherwise.
   *
   * @param url {@code http://...}, {@code https://...}, or {@code tcp://HOST:PORT} for no more than
   *     a connection that the server accepts: on this machine the application, not its kernel
   *     alone. Credentials, {@code http://USER:PASSWORD@...}, are sent by Basic authentication (RFC
   *     7617) and never shown.
   * @throws IllegalArgumentException if it is none of these, or a host or the port of {@code tcp}
   *     is missing
   */
  public static HealthProbe of(URI url) {
    Objects.requireNonNull(url, "url");
    return new HealthProbe(new ProbeUrl(url, false), Expectation.success());
  }

  /**
   * Asks at this address instead of {@code localhost}: at the loopback address for a wildcard, and
   * at an address of the network interface for what is bound to one. A probe with a URL of its own
   * stays as it is, and so does one for an interface that has no address.
   */
  public HealthProbe at(ListenAddress address) {
    Objects.requireNonNull(address, "address");
    return url.isAssumed()
        ? address.askedAt().map(it -> at(it, address.port())).orElse(this)
        : this;
  }

  private HealthProbe at(InetAddress address, int port) {
    String numbers = Endpoint.of(address, 0).host();
    String zone =
        address instanceof Inet6Address v6 && v6.getScopeId() > 0 ? "%" + v6.getScopeId() : "";
    String host = address instanceof Inet6Address ? "[" + numbers + zone + "]" : numbers;
    return new HealthProbe(
        ProbeUrl.assumed(host, port), expectation, deadline, slow, trusting, lookup);
  }

  /**
   * Expects this status and no other.
   *
   * @param status a status of HTTP (RFC 9110), such as 204
   */
  public HealthProbe expectStatus(int status) {
    return expecting(expectation.withStatus(status));
  }

  /** Expects this text somewhere in the body. */
  public HealthProbe expectBody(String text) {
    Objects.requireNonNull(text, "text");
    return expecting(expectation.withBody(text));
  }

  /**
   * Expects a body in JSON that holds all of this: members of objects may be in any order and there
   * may be more of them, everything else must be equal.
   *
   * @throws IllegalArgumentException if this is not JSON; the message quotes it and says where
   */
  public HealthProbe expectJson(String json) {
    Objects.requireNonNull(json, "json");
    return expecting(expectation.withJson(json));
  }

  private HealthProbe expecting(Expectation other) {
    return new HealthProbe(url, other, deadline, slow, trusting, lookup);
  }

  /**
   * How long to wait for the whole answer, the look-up of the host's name included.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public HealthProbe deadline(Duration deadline) {
    Objects.requireNonNull(deadline, "deadline");
    return new HealthProbe(url, expectation, positive(deadline), slow, trusting, lookup);
  }

  /** How long it waits for the whole answer at most. */
  public Duration deadline() {
    return deadline;
  }

  /**
   * From when on a whole answer, though it came, is {@link Outcome#SLOW}.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public HealthProbe slowAfter(Duration slow) {
    Objects.requireNonNull(slow, "slow");
    return new HealthProbe(url, expectation, deadline, positive(slow), trusting, lookup);
  }

  /**
   * Whom to trust where {@code https} is asked, instead of whom this JVM trusts by default (see
   * {@code javax.net.ssl.trustStore} in the JSSE Reference Guide): for certificates that a server
   * has signed itself. That the certificate is one for the host asked is checked all the same.
   */
  public HealthProbe trusting(SSLContext context) {
    Objects.requireNonNull(context, "context");
    return new HealthProbe(url, expectation, deadline, slow, context, lookup);
  }

  /**
   * Accepts any certificate where {@code https} is asked, and one for any host: whoever answers is
   * believed. For certificates that a server has signed itself.
   */
  public HealthProbe acceptingAnyCertificate() {
    return trusting(AnyCertificate.context());
  }

  HealthProbe lookup(HostLookup other) {
    return new HealthProbe(url, expectation, deadline, slow, trusting, other);
  }

  private static Duration positive(Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(duration + " is not positive");
    }
    return duration;
  }

  /** What is asked, with {@code ***} in place of a user name and password. */
  public URI url() {
    return url.shown();
  }

  /**
   * Asks now, and returns when all addresses have answered or the deadline is over.
   *
   * @throws InterruptedException if this thread was interrupted; the connections are closed
   */
  public HealthResult run() throws InterruptedException {
    // The first use takes long in a JVM, which is no fault of the server.
    SSLSocketFactory secure = url.isSecure() ? socketFactory() : null;
    ProbeClock clock = ProbeClock.start(deadline);
    List<InetAddress> addresses;
    try {
      addresses = lookup.addresses(url.host(), clock);
    } catch (UnknownHostException e) {
      return unasked("the host " + url.host() + " is not known");
    } catch (TimeoutException e) {
      return unasked(
          "the address of "
              + url.host()
              + " could not be found within "
              + DurationText.of(deadline));
    }
    return result(
        ProbeRun.of(
            addresses.stream()
                .map(address -> new InetSocketAddress(address, url.port()))
                .map(at -> new ProbeAttempt(url, at, expectation, clock, slow, secure))
                .toList(),
            clock));
  }

  private SSLSocketFactory socketFactory() {
    return trusting == null
        ? (SSLSocketFactory) SSLSocketFactory.getDefault()
        : trusting.getSocketFactory();
  }

  private HealthResult result(List<Attempt> attempts) {
    Attempt decisive = HealthResult.decisive(attempts).orElseThrow();
    return new HealthResult(url(), isAssumed(), decisive.outcome(), decisive.detail(), attempts);
  }

  private HealthResult unasked(String why) {
    return new HealthResult(url(), isAssumed(), Outcome.UNREACHABLE, why, List.of());
  }

  /**
   * Whether what is asked is a guess, as nobody has named a URL or what it must answer: then any
   * answer will do that shows that the server serves.
   */
  public boolean isAssumed() {
    return expectation.isLenient();
  }

  /** What is asked, and how. */
  @JsonValue
  @Override
  public String toString() {
    return url + " within " + deadline;
  }
}
