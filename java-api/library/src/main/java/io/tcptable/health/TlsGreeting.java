// SPDX-License-Identifier: Apache-2.0
package io.tcptable.health;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** Whether a server speaks TLS: it is greeted, and the first byte of its answer tells. */
final class TlsGreeting {

  /** The types of a record with an alert or a handshake message: RFC 8446, 5.1. */
  private static final int ALERT = 21;

  private static final int HANDSHAKE = 22;

  /** It needs no application to be answered. A server that waits for a line would not answer. */
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private TlsGreeting() {}

  /** On a connection of its own. Its certificate does not matter. */
  static boolean isAnswered(InetSocketAddress address, ProbeClock clock) {
    ProbeClock own = clock.atMost(LONGEST);
    try (ProbeSocket socket = new ProbeSocket(own)) {
      socket.connect(address, own.millisLeft());
      socket.getOutputStream().write(clientHello());
      int first = socket.getInputStream().read();
      return first == ALERT || first == HANDSHAKE;
    } catch (IOException | NoSuchAlgorithmException e) {
      return false;
    }
  }

  private static byte[] clientHello() throws IOException, NoSuchAlgorithmException {
    SSLEngine engine = SSLContext.getDefault().createSSLEngine();
    engine.setUseClientMode(true);
    ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), out);
    byte[] bytes = new byte[out.flip().remaining()];
    out.get(bytes);
    return bytes;
  }
}
