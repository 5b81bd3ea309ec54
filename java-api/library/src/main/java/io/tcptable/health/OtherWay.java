// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * The same request the other way, on a connection of its own: over TLS where the URL says {@code
 * http}, in plain text where it says {@code https}.
 */
final class OtherWay {

  /** It is asked only to tell more of what is known already: even if the time is up. */
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private OtherWay() {}

  /** What it answers over TLS, whatever its certificate; empty if that is not HTTP. */
  static Optional<HttpResponse> overTls(ProbeUrl url, InetSocketAddress address) {
    return answer(url, address, true);
  }

  /** What it answers in plain text; empty if that is not HTTP. */
  static Optional<HttpResponse> inPlainText(ProbeUrl url, InetSocketAddress address) {
    return answer(url, address, false);
  }

  private static Optional<HttpResponse> answer(
      ProbeUrl url, InetSocketAddress address, boolean isSecure) {
    // The first use takes long in a JVM, which is no fault of the server.
    SSLSocketFactory secure = isSecure ? AnyCertificate.context().getSocketFactory() : null;
    ProbeClock own = ProbeClock.start(LONGEST);
    try (ProbeSocket socket = new ProbeSocket(own)) {
      socket.connect(address, own.millisLeft());
      Socket over = secure == null ? socket : secured(secure, socket, url);
      over.getOutputStream().write(url.request());
      return Optional.of(HttpResponse.read(new BufferedInputStream(over.getInputStream())));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static SSLSocket secured(SSLSocketFactory factory, Socket socket, ProbeUrl url)
      throws IOException {
    SSLSocket secured = (SSLSocket) factory.createSocket(socket, url.host(), url.port(), true);
    secured.startHandshake();
    return secured;
  }
}
