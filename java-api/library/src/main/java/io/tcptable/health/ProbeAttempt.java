// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import io.tcptable.Endpoint;
import io.tcptable.health.HealthResult.Attempt;
import io.tcptable.health.HealthResult.Mismatch;
import io.tcptable.health.HealthResult.Outcome;
import io.tcptable.health.ProbeFailure.Received;
import io.tcptable.internal.wording.DurationText;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** One {@link HealthProbe} at one address. Used once. */
final class ProbeAttempt implements Callable<Attempt> {

  private static final int LONGEST_EXCERPT = 1000;

  private static final int BAD_REQUEST = 400;

  private static final Duration SHORTEST_RESET = Duration.ofMillis(1200);

  private final ProbeUrl url;
  private final InetSocketAddress address;
  private final Endpoint asked;
  private final Expectation expectation;
  private final Duration slow;
  private final @Nullable SSLSocketFactory secure;
  private final ProbeSocket socket;

  private ProbeClock clock;
  private @Nullable Duration connected;
  private boolean isSecured;
  private @Nullable Duration firstByte;
  private @Nullable HttpResponse answer;

  /**
   * @param secure makes a connection secure; null if it need not be
   */
  ProbeAttempt(
      ProbeUrl url,
      InetSocketAddress address,
      Expectation expectation,
      ProbeClock clock,
      Duration slow,
      @Nullable SSLSocketFactory secure) {
    this.url = url;
    this.address = address;
    this.asked = Endpoint.of(address.getAddress(), address.getPort());
    this.expectation = expectation;
    this.slow = slow;
    this.secure = secure;
    this.clock = clock;
    this.socket = new ProbeSocket(clock);
  }

  /** Ends the attempt, from any thread. */
  void abandon() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is not needed any more either way.
    }
  }

  @Override
  public Attempt call() {
    clock = clock.lap();
    try {
      ProbeOutcome outcome = attempt();
      if (!url.isTcpOnly()) {
        outcome = secure == null ? triedOverTls(outcome) : triedInPlainText(outcome);
      }
      if (outcome.outcome() == Outcome.NO_RESPONSE) {
        leaveNothing();
      }
      return ended(outcome);
    } finally {
      abandon();
    }
  }

  private ProbeOutcome attempt() {
    try {
      socket.setTcpNoDelay(true);
      socket.connect(address, clock.millisLeft());
    } catch (IOException e) {
      return ProbeFailure.unconnected(e, asked, clock);
    }
    if (isConnectedToItself()) {
      return detached();
    }
    Duration time = clock.elapsed();
    connected = time;
    try {
      return url.isTcpOnly() ? accepted() : ask(secure == null ? socket : secured(secure));
    } catch (IOException e) {
      return ProbeFailure.unanswered(e, received(), expectation.isLenient(), clock);
    }
  }

  private Received received() {
    if (firstByte != null) {
      return Received.ANSWER;
    }
    return secure != null && !isSecured && socket.hasReceived()
        ? Received.HANDSHAKE
        : Received.NOTHING;
  }

  /**
   * Where nobody listens, the kernel may choose the very port asked for as the local one, and then
   * connects the socket to itself.
   */
  private boolean isConnectedToItself() {
    return socket.getLocalSocketAddress().equals(socket.getRemoteSocketAddress());
  }

  /** Reset, or the port would be in TIME_WAIT because of us. */
  private ProbeOutcome detached() {
    resetAtClose();
    return ProbeFailure.refused(asked);
  }

  /**
   * A server that hangs would keep the connection in CLOSE_WAIT, one of each probe. A diagnosis
   * whose probe ends before it looks again needs to see it, though.
   */
  private void leaveNothing() {
    if (clock.deadline().compareTo(SHORTEST_RESET) >= 0) {
      resetAtClose();
    }
  }

  private void resetAtClose() {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // Then it is left as it is.
    }
  }

  /**
   * A server of TLS answers plain text with an alert, with an error in plain text, or closes the
   * connection.
   */
  private ProbeOutcome triedOverTls(ProbeOutcome outcome) {
    Duration time = clock.elapsed();
    boolean isClosed = outcome.outcome() == Outcome.CLOSED && firstByte == null;
    boolean isBadRequest = answer != null && answer.status() == BAD_REQUEST;
    boolean isTls =
        outcome.mismatch().isPresent()
            || ((isClosed || isBadRequest) && TlsGreeting.isAnswered(address, clock));
    if (!isTls) {
      return outcome;
    }
    HttpResponse over = OtherWay.overTls(url, address).orElse(null);
    // That of a layer below the application counts for nothing.
    answer = over != null && over.status() > expectation.highest() ? over : null;
    return new ProbeOutcome(
        overTls(isClosed),
        (isClosed && !expectation.isLenient()
                ? outcome.detail() + "; "
                : "answered after " + DurationText.of(time) + ", but ")
            + ResponseReader.SPEAKS_TLS
            + where(over),
        Optional.of(Mismatch.SPEAKS_TLS));
  }

  private Outcome overTls(boolean isClosed) {
    if (expectation.isLenient()) {
      return answer == null ? Outcome.HEALTHY : Outcome.WRONG_STATUS;
    }
    return isClosed ? Outcome.CLOSED : Outcome.NOT_HTTP;
  }

  private static boolean isWithoutAnswer(ProbeOutcome outcome) {
    return outcome.outcome() == Outcome.CLOSED || outcome.outcome() == Outcome.NO_RESPONSE;
  }

  private static String where(@Nullable HttpResponse other) {
    return other == null ? "" : ", where it answers " + other.statusLine();
  }

  /**
   * A server of plain text answers a TLS handshake with an error, closes the connection, or waits
   * for the end of a line.
   */
  private ProbeOutcome triedInPlainText(ProbeOutcome outcome) {
    boolean isRefused =
        (outcome.outcome() == Outcome.TLS_FAILED && outcome.mismatch().isEmpty() && !isSecured)
            || (isWithoutAnswer(outcome) && !socket.hasReceived());
    if (!isRefused || TlsGreeting.isAnswered(address, clock)) {
      return outcome;
    }
    return OtherWay.inPlainText(url, address)
        .map(
            plain ->
                new ProbeOutcome(
                    Outcome.TLS_FAILED,
                    ProbeFailure.INSECURE + "it speaks plain HTTP: ask http://" + where(plain),
                    Optional.of(Mismatch.SPEAKS_PLAIN_TEXT)))
        .orElse(outcome);
  }

  private ProbeOutcome accepted() {
    boolean isAccepted = AcceptedConnection.await(socket, clock);
    Duration time = clock.elapsed();
    return isAccepted
        ? new ProbeOutcome(
            time.compareTo(slow) > 0 ? Outcome.SLOW : Outcome.HEALTHY,
            "accepted the connection after " + DurationText.of(time))
        : new ProbeOutcome(
            Outcome.NO_RESPONSE,
            "connected, but the application did not accept the connection within "
                + DurationText.of(clock.deadline()));
  }

  private SSLSocket secured(SSLSocketFactory factory) throws IOException {
    SSLSocket secured = (SSLSocket) factory.createSocket(socket, url.host(), url.port(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    isSecured = true;
    return secured;
  }

  private ProbeOutcome ask(Socket over) throws IOException {
    over.getOutputStream().write(url.request());
    HttpResponse got = HttpResponse.read(new BufferedInputStream(noting(over.getInputStream())));
    answer = got;
    return expectation.wrong(got).orElseGet(() -> asExpected(got, clock.elapsed()));
  }

  private ProbeOutcome asExpected(HttpResponse got, Duration total) {
    return new ProbeOutcome(
        total.compareTo(slow) > 0 ? Outcome.SLOW : Outcome.HEALTHY,
        "answered " + got.statusLine() + " after " + DurationText.of(total));
  }

  /** Notes when the first byte of the answer came. */
  private InputStream noting(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        if (count > 0 && firstByte == null) {
          firstByte = clock.elapsed();
        }
        return count;
      }
    };
  }

  private Attempt ended(ProbeOutcome ending) {
    int localPort = connected == null ? -1 : socket.getLocalPort();
    return new Attempt(
        asked,
        ending.outcome(),
        ending.detail(),
        localPort > 0 ? OptionalInt.of(localPort) : OptionalInt.empty(),
        Optional.ofNullable(connected),
        Optional.ofNullable(firstByte),
        clock.elapsed(),
        answer == null ? OptionalInt.empty() : OptionalInt.of(answer.status()),
        answer == null ? "" : ProbeOutcome.start(answer.body(), LONGEST_EXCERPT),
        ending.mismatch());
  }
}
