// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import io.tcptable.Endpoint;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What became of a {@link HealthProbe}.
 *
 * @param url what was asked, with {@code ***} in place of a user name and password
 * @param assumed whether nobody named that URL, so that it may not be the right one
 * @param outcome the worst of the addresses that took the connection; if none did, the best of all
 * @param detail the outcome in one line
 * @param attempts one for each address of the host; none if it has no address or was not asked
 */
public record HealthResult(
    URI url, boolean assumed, Outcome outcome, String detail, List<Attempt> attempts) {

  private static final Set<Integer> GATEWAY = Set.of(502, 503, 504);

  /** Keeps its own copy. */
  public HealthResult {
    attempts = List.copyOf(attempts);
  }

  /** Whether the server answered, in time, as expected. */
  public boolean isHealthy() {
    return outcome == Outcome.HEALTHY;
  }

  /** What stands for a health check that was left out. */
  public static HealthResult notAsked(URI url) {
    Objects.requireNonNull(url, "url");
    return new HealthResult(url, true, Outcome.NOT_ASKED, "not asked", List.of());
  }

  /** Whether there was a health check. */
  public boolean isAsked() {
    return outcome != Outcome.NOT_ASKED;
  }

  /** Whether it was neither answered nor refused. */
  public boolean isUnanswered() {
    return outcome == Outcome.NO_RESPONSE || outcome == Outcome.CONNECT_TIMEOUT;
  }

  /**
   * Whether the check was a guess, and the server took its connection and closed it, as servers of
   * other protocols than HTTP do: that says nothing against the server.
   */
  public boolean isInconclusive() {
    return assumed && outcome == Outcome.CLOSED;
  }

  /**
   * Whether the answer is one that a proxy gives if the server behind it is not there or does not
   * answer: 502, 503 and 504 of RFC 9110. Of these, 503 may also be the server's own answer.
   */
  public boolean isOfGateway() {
    return outcome == Outcome.WRONG_STATUS
        && decisive().filter(it -> GATEWAY.contains(it.status().orElse(0))).isPresent();
  }

  /** Whether the server was asked in plain text and speaks TLS. */
  public boolean isTlsSpoken() {
    return isMismatch(Mismatch.SPEAKS_TLS);
  }

  /** Whether the URL asks what the server cannot meet in this way, at any address. */
  public boolean isMismatch(Mismatch kind) {
    Objects.requireNonNull(kind, "kind");
    return attempts.stream().anyMatch(attempt -> attempt.mismatch().equals(Optional.of(kind)));
  }

  /** The attempt that decided; empty if the host has no address. */
  public Optional<Attempt> decisive() {
    return decisive(attempts);
  }

  /** As {@link #decisive()}: the worst of those that took the connection, else the best. */
  static Optional<Attempt> decisive(List<Attempt> attempts) {
    Comparator<Attempt> byOutcome = Comparator.comparing(Attempt::outcome);
    Optional<Attempt> answering =
        attempts.stream().filter(a -> a.outcome().isOnPort()).max(byOutcome);
    return answering.isPresent() ? answering : attempts.stream().min(byOutcome);
  }

  /** What about a URL a server cannot meet, however healthy it is. */
  public enum Mismatch {
    /** Plain text was sent, and the server speaks TLS. */
    SPEAKS_TLS,
    /** TLS was asked for, and the server speaks HTTP in plain text. */
    SPEAKS_PLAIN_TEXT,
    /** Its certificate is not signed by an authority that is trusted. */
    UNTRUSTED_CERTIFICATE
  }

  /** How a probe can end, from best to worst. */
  public enum Outcome {
    /** Answered as expected, or accepted the connection where no more was asked for. */
    HEALTHY,
    /** Began to answer, but took too long. */
    SLOW,
    /** Answered with a body other than expected. */
    WRONG_BODY,
    /** Answered with a status other than expected. */
    WRONG_STATUS,
    /** Answered, but not in HTTP. */
    NOT_HTTP,
    /** Accepted the connection, but the TLS handshake failed. */
    TLS_FAILED,
    /** Accepted the connection and closed it before it had answered. */
    CLOSED,
    /**
     * Accepted the connection, or the kernel did in its place, and sent no byte; or, where no more
     * was asked for than a connection, only the kernel did.
     */
    NO_RESPONSE,
    /** Neither accepted nor refused the connection. */
    CONNECT_TIMEOUT,
    /** This machine has no port left from which to connect there. */
    NO_LOCAL_PORT,
    /** Nobody listens at this address. */
    REFUSED,
    /** There is no way to the address, or no such host. */
    UNREACHABLE,
    /** There was no health check: nothing was sent to the server. */
    NOT_ASKED;

    private boolean isOnPort() {
      return compareTo(NO_LOCAL_PORT) < 0;
    }
  }

  /**
   * What became of the probe at one address. Durations count from the moment the probe began.
   *
   * @param address the address asked
   * @param outcome how it ended here
   * @param detail the outcome in one line
   * @param localPort the port the probe came from; empty if it was not connected
   * @param connect when the connection stood; empty if it never did
   * @param firstByte when the first byte of the answer came; empty if none did
   * @param total when the attempt was over, answered or not
   * @param status the status of HTTP; empty if there was none
   * @param body the first 1,000 characters of the answer, empty if there was none
   * @param mismatch what about the URL the server cannot meet; empty if nothing is known
   */
  public record Attempt(
      Endpoint address,
      Outcome outcome,
      String detail,
      OptionalInt localPort,
      Optional<Duration> connect,
      Optional<Duration> firstByte,
      Duration total,
      OptionalInt status,
      String body,
      Optional<Mismatch> mismatch) {}
}
