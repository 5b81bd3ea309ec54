package io.tcptable.diagnose;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/**
 * Whether a server could have a port, tried for real on all addresses: bound, but never listened
 * on, so that no client can come in meanwhile.
 *
 * @param refusal what the system says to a server that sets SO_REUSEADDR, as most do; empty if it
 *     may have the port
 * @param refusalWithoutReuse the same to one that does not set it, which TIME_WAIT keeps out
 */
record BindTest(Optional<String> refusal, Optional<String> refusalWithoutReuse) {

  static BindTest of(int port) {
    return new BindTest(refusal(port, true), refusal(port, false));
  }

  private static Optional<String> refusal(int port, boolean reuse) {
    try (Socket socket = new Socket()) {
      socket.setReuseAddress(reuse);
      socket.bind(new InetSocketAddress(port));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
