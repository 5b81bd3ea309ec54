package io.tcptable.diagnose;

import io.tcptable.Endpoint;
import io.tcptable.diagnose.HealthResult.Attempt;
import io.tcptable.diagnose.HealthResult.Outcome;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** One {@link HealthProbe} at one address. Used once. */
final class ProbeAttempt implements Callable<Attempt> {

  private static final int LONGEST_EXCERPT = 1000;

  private final URI url;
  private final InetSocketAddress address;
  private final Expectation expectation;
  private final Duration deadline;
  private final Duration slow;

  private final Socket socket = new Socket();
  private long start;
  private @Nullable Duration connected;
  private @Nullable Duration firstByte;
  private @Nullable HttpAnswer answer;

  ProbeAttempt(
      URI url,
      InetSocketAddress address,
      Expectation expectation,
      Duration deadline,
      Duration slow) {
    this.url = url;
    this.address = address;
    this.expectation = expectation;
    this.deadline = deadline;
    this.slow = slow;
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
    prepare();
    start = System.nanoTime();
    try {
      return attempt();
    } finally {
      abandon();
    }
  }

  /** What takes long the first time in a JVM, and is no fault of the server. */
  private void prepare() {
    if (isSecure()) {
      SSLSocketFactory.getDefault();
    }
    try {
      socket.setTcpNoDelay(true);
    } catch (IOException e) {
      // There is no socket to be had; connecting will say so.
    }
  }

  private Attempt attempt() {
    try {
      socket.connect(address, millisLeft());
      if (isConnectedToItself()) {
        return refused();
      }
    } catch (IOException e) {
      return unconnected(e);
    }
    connected = elapsed();
    try {
      return isPlainConnect()
          ? ended(Outcome.HEALTHY, "took the connection after " + Wording.of(connected))
          : ask(isSecure() ? secured() : socket);
    } catch (IOException e) {
      return unanswered(e);
    }
  }

  private boolean isSecure() {
    return url.getScheme().equalsIgnoreCase("https");
  }

  private boolean isPlainConnect() {
    return url.getScheme().equalsIgnoreCase("tcp");
  }

  /**
   * Where nobody listens, the kernel may choose the very port asked for as the near end, and then
   * connects the socket to itself.
   */
  private boolean isConnectedToItself() {
    return socket.getLocalSocketAddress().equals(socket.getRemoteSocketAddress());
  }

  private Attempt unconnected(IOException e) {
    if (e instanceof SocketTimeoutException || isOver()) {
      return ended(
          Outcome.CONNECT_TIMEOUT, "no connection came about within " + Wording.of(deadline));
    }
    String message = String.valueOf(e.getMessage());
    if (message.contains("reset")) {
      return closed();
    }
    return e instanceof ConnectException && message.contains("refused")
        ? refused()
        : ended(Outcome.UNREACHABLE, endpoint() + " cannot be reached: " + message);
  }

  private Attempt refused() {
    return ended(Outcome.REFUSED, "refused: nobody listens at " + endpoint());
  }

  private SSLSocket secured() throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket secured =
        (SSLSocket) factory.createSocket(socket, url.getHost(), address.getPort(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.setSoTimeout(millisLeft());
    secured.startHandshake();
    return secured;
  }

  private Attempt ask(Socket over) throws IOException {
    over.getOutputStream().write(HttpAnswer.request(url));
    HttpAnswer got = HttpAnswer.read(new BufferedInputStream(timed(over)));
    answer = got;
    return expectation.wrong(got).map(w -> ended(w.outcome(), w.detail())).orElseGet(this::asked);
  }

  private Attempt asked() {
    String what = "answered " + (answer == null ? "" : answer.statusLine()) + " after ";
    Duration total = elapsed();
    return ended(
        total.compareTo(slow) > 0 ? Outcome.SLOW : Outcome.HEALTHY, what + Wording.of(total));
  }

  private Attempt unanswered(IOException e) {
    if (e instanceof SocketTimeoutException || isOver()) {
      return firstByte == null
          ? ended(
              Outcome.NO_RESPONSE,
              "connected, but not a byte came back within " + Wording.of(deadline))
          : ended(Outcome.SLOW, "the answer did not end within " + Wording.of(deadline));
    }
    if (e instanceof ProtocolException) {
      return ended(
          expectation.isLenient() ? Outcome.HEALTHY : Outcome.NOT_HTTP,
          "answered after " + Wording.of(elapsed()) + ", but " + e.getMessage());
    }
    if (e instanceof SSLException) {
      return ended(Outcome.TLS_FAILED, "no secure connection: " + e.getMessage());
    }
    return closed();
  }

  private Attempt closed() {
    return ended(
        Outcome.CLOSED,
        firstByte == null
            ? "took the connection and closed it without a byte"
            : "closed the connection in the middle of its answer");
  }

  /** Reads with what is left of the time, and notes when the first byte came. */
  private InputStream timed(Socket over) throws IOException {
    return new FilterInputStream(over.getInputStream()) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        over.setSoTimeout(millisLeft());
        int count = super.read(into, offset, length);
        if (count > 0 && firstByte == null) {
          firstByte = elapsed();
        }
        return count;
      }
    };
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private boolean isOver() {
    return elapsed().compareTo(deadline) >= 0;
  }

  private int millisLeft() throws SocketTimeoutException {
    if (isOver()) {
      throw new SocketTimeoutException();
    }
    // Rounded up, so that no attempt ends before its time.
    long left = deadline.minus(elapsed()).toMillis() + 1;
    return (int) Math.min(Integer.MAX_VALUE, left);
  }

  private Endpoint endpoint() {
    return Endpoint.of(address.getAddress(), address.getPort());
  }

  private Attempt ended(Outcome outcome, String detail) {
    int localPort = connected == null ? -1 : socket.getLocalPort();
    return new Attempt(
        endpoint(),
        outcome,
        detail,
        localPort > 0 ? OptionalInt.of(localPort) : OptionalInt.empty(),
        Optional.ofNullable(connected),
        Optional.ofNullable(firstByte),
        elapsed(),
        answer == null ? OptionalInt.empty() : OptionalInt.of(answer.status()),
        answer == null ? "" : excerpt(answer.body()));
  }

  private static String excerpt(String body) {
    return body.length() <= LONGEST_EXCERPT ? body : body.substring(0, LONGEST_EXCERPT);
  }
}
