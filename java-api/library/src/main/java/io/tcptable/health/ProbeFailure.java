// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import io.tcptable.Endpoint;
import io.tcptable.health.HealthResult.Mismatch;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.health.HttpResponse.OtherProtocolException;
import io.tcptable.internal.platform.SystemErrors;
import io.tcptable.internal.wording.DurationText;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What it means that a call of a health probe failed. */
final class ProbeFailure {

  /** No system gives up a connection earlier: the first request alone waits so long (RFC 6298). */
  private static final Duration EARLIEST_TIMEOUT = Duration.ofSeconds(1);

  /** How the details of {@link Outcome#TLS_FAILED} begin. */
  static final String INSECURE = "no secure connection: ";

  /** What had come when a call failed. */
  enum Received {
    NOTHING,
    /** Bytes of a TLS handshake that had not ended. */
    HANDSHAKE,
    /** Bytes of an answer. */
    ANSWER
  }

  private ProbeFailure() {}

  static ProbeOutcome refused(Endpoint asked) {
    return new ProbeOutcome(Outcome.REFUSED, "refused: nobody listens at " + asked);
  }

  /** Of the call that connects. */
  static ProbeOutcome unconnected(IOException e, Endpoint asked, ProbeClock clock) {
    String message = SystemErrors.text(e);
    if (e instanceof SocketTimeoutException || clock.isOver()) {
      return new ProbeOutcome(
          Outcome.CONNECT_TIMEOUT, "connect timed out after " + DurationText.of(clock.deadline()));
    }
    if (e instanceof ConnectException) {
      return isRefusal(message, clock)
          ? refused(asked)
          : new ProbeOutcome(
              Outcome.CONNECT_TIMEOUT,
              "connect failed after " + DurationText.of(clock.elapsed()) + ": " + message);
    }
    if (e instanceof BindException && isWantOfPort(message)) {
      return new ProbeOutcome(
          Outcome.NO_LOCAL_PORT,
          "no local port is left from which to connect to " + asked + ": " + message);
    }
    return message.equals(SystemErrors.reset())
        ? closed(Received.NOTHING)
        : new ProbeOutcome(Outcome.UNREACHABLE, asked + " cannot be reached: " + message);
  }

  /** ECONNREFUSED and ETIMEDOUT are of one type. */
  private static boolean isRefusal(String message, ProbeClock clock) {
    return clock.elapsed().compareTo(EARLIEST_TIMEOUT) < 0
        || message.equals(SystemErrors.refused());
  }

  /** EADDRNOTAVAIL, EADDRINUSE and EACCES, by a rule of the system, are of one type. */
  private static boolean isWantOfPort(String message) {
    return message.equals(SystemErrors.addressNotAvailable())
        || message.equals(SystemErrors.portInUse());
  }

  /**
   * Of a later call.
   *
   * @param received what had come by then
   * @param lenient whether an answer in another protocol will do
   */
  static ProbeOutcome unanswered(
      IOException e, Received received, boolean lenient, ProbeClock clock) {
    if (e instanceof SocketTimeoutException || clock.isOver()) {
      return unfinished(received, " within " + DurationText.of(clock.deadline()));
    }
    if (e instanceof ProtocolException) {
      return new ProbeOutcome(
          lenient && e instanceof OtherProtocolException ? Outcome.HEALTHY : Outcome.NOT_HTTP,
          "answered after " + DurationText.of(clock.elapsed()) + ", but " + e.getMessage(),
          e instanceof OtherProtocolException other && other.isTls()
              ? Optional.of(Mismatch.SPEAKS_TLS)
              : Optional.empty());
    }
    return e instanceof SSLException secure ? insecure(secure) : closed(received);
  }

  private static ProbeOutcome unfinished(Received received, String within) {
    return switch (received) {
      case NOTHING ->
          new ProbeOutcome(Outcome.NO_RESPONSE, "connected, but no data was received" + within);
      case HANDSHAKE -> insecure("the TLS handshake did not end" + within);
      case ANSWER -> new ProbeOutcome(Outcome.SLOW, "the answer did not end" + within);
    };
  }

  private static ProbeOutcome closed(Received received) {
    return switch (received) {
      case NOTHING ->
          new ProbeOutcome(
              Outcome.CLOSED, "accepted the connection and closed it without sending data");
      case HANDSHAKE -> insecure("the server closed the connection in the TLS handshake");
      case ANSWER ->
          new ProbeOutcome(Outcome.CLOSED, "closed the connection in the middle of its answer");
    };
  }

  private static ProbeOutcome insecure(SSLException e) {
    if (cause(e, CertPathBuilderException.class).isPresent()) {
      return new ProbeOutcome(
          Outcome.TLS_FAILED,
          INSECURE + "its certificate is not signed by an authority that this Java trusts",
          Optional.of(Mismatch.UNTRUSTED_CERTIFICATE));
    }
    return insecure(
        cause(e, CertificateException.class)
            .map(bad -> "its certificate is not valid: " + bad.getMessage())
            .orElse(String.valueOf(e.getMessage())));
  }

  private static ProbeOutcome insecure(String why) {
    return new ProbeOutcome(Outcome.TLS_FAILED, INSECURE + why);
  }

  private static <T extends Throwable> Optional<T> cause(Throwable of, Class<T> kind) {
    return Stream.<Throwable>iterate(of, e -> e != null, Throwable::getCause)
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst();
  }
}
