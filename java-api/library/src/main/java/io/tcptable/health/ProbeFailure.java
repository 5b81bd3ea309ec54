// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import io.tcptable.Endpoint;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.internal.wording.DurationText;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What it means that a call of a health probe failed. */
final class ProbeFailure {

  private ProbeFailure() {}

  static ProbeOutcome refused(Endpoint asked) {
    return new ProbeOutcome(Outcome.REFUSED, "refused: nobody listens at " + asked);
  }

  /** Of the call that connects. */
  static ProbeOutcome unconnected(IOException e, Endpoint asked, ProbeClock clock) {
    if (e instanceof SocketTimeoutException || clock.isOver()) {
      return new ProbeOutcome(
          Outcome.CONNECT_TIMEOUT,
          "no connection came about within " + DurationText.of(clock.deadline()));
    }
    String message = String.valueOf(e.getMessage());
    if (message.contains("reset")) {
      return closed(false);
    }
    if (e instanceof ConnectException && message.contains("refused")) {
      return refused(asked);
    }
    return e instanceof BindException
        ? new ProbeOutcome(
            Outcome.NO_LOCAL_PORT,
            "no local port is left from which to connect to " + asked + ": " + message)
        : new ProbeOutcome(Outcome.UNREACHABLE, asked + " cannot be reached: " + message);
  }

  /**
   * Of a later call.
   *
   * @param answering whether a byte of the answer has come
   * @param lenient whether an answer in another protocol will do
   */
  static ProbeOutcome unanswered(
      IOException e, boolean answering, boolean lenient, ProbeClock clock) {
    if (e instanceof SocketTimeoutException || clock.isOver()) {
      String within = " within " + DurationText.of(clock.deadline());
      return answering
          ? new ProbeOutcome(Outcome.SLOW, "the answer did not end" + within)
          : new ProbeOutcome(Outcome.NO_RESPONSE, "connected, but not a byte came back" + within);
    }
    if (e instanceof ProtocolException) {
      return new ProbeOutcome(
          lenient ? Outcome.HEALTHY : Outcome.NOT_HTTP,
          "answered after " + DurationText.of(clock.elapsed()) + ", but " + e.getMessage());
    }
    return e instanceof SSLException secure ? insecure(secure) : closed(answering);
  }

  private static ProbeOutcome closed(boolean answering) {
    return new ProbeOutcome(
        Outcome.CLOSED,
        answering
            ? "closed the connection in the middle of its answer"
            : "took the connection and closed it without a byte");
  }

  private static ProbeOutcome insecure(SSLException e) {
    return new ProbeOutcome(
        Outcome.TLS_FAILED,
        "no secure connection: "
            + cause(e, CertPathBuilderException.class)
                .map(untrusted -> "its certificate is not signed by anybody this Java trusts")
                .or(
                    () ->
                        cause(e, CertificateException.class)
                            .map(bad -> "its certificate is not valid: " + bad.getMessage()))
                .orElse(String.valueOf(e.getMessage())));
  }

  private static <T extends Throwable> Optional<T> cause(Throwable of, Class<T> kind) {
    return Stream.<Throwable>iterate(of, e -> e != null, Throwable::getCause)
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst();
  }
}
