package io.tcptable.restart;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * Tries whether an address can be bound, and lets go of it at once. It does not listen, so that no
 * client is taken in meanwhile.
 */
final class BindTrial {

  private BindTrial() {}

  /** How the address can be bound. */
  enum Result {
    /** By anybody. */
    FREE,
    /** By those who set SO_REUSEADDR, see {@code socket(7)}; most servers do. */
    FREE_TO_REUSE,
    /** Not at all. */
    REFUSED
  }

  /**
   * What came of it.
   *
   * @param reason what the system said, if it refused
   */
  record Answer(InetSocketAddress address, Result result, String reason) {}

  static Answer of(InetSocketAddress address) {
    Optional<String> refused = refusal(address, false);
    if (refused.isEmpty()) {
      return new Answer(address, Result.FREE, "");
    }
    Optional<String> refusedAgain = refusal(address, true);
    return refusedAgain.isEmpty()
        ? new Answer(address, Result.FREE_TO_REUSE, "")
        : new Answer(address, Result.REFUSED, refusedAgain.get());
  }

  private static Optional<String> refusal(InetSocketAddress address, boolean reuse) {
    boolean v4 = address.getAddress() instanceof Inet4Address;
    try (SocketChannel socket =
        SocketChannel.open(v4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6)) {
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, reuse);
      socket.bind(address);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
