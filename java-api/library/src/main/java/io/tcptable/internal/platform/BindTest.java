// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * Whether a server could have a port, tried for real: bound and let go of at once, but never
 * listened on, so that no client can come in meanwhile. See {@code bind(2)} and {@code socket(7)}.
 *
 * @param refusal what the system says to a server that sets SO_REUSEADDR, as most do; empty if it
 *     may have the port
 * @param refusalWithoutReuse the same to one that does not set it, which TIME_WAIT keeps out
 * @param isDenied whether the refusal is for want of a permission (EACCES) and not because the port
 *     is in use (EADDRINUSE) or the address is not here
 */
public record BindTest(
    Optional<String> refusal, Optional<String> refusalWithoutReuse, boolean isDenied) {

  /** A way to get a socket of the family in question. */
  private interface Sockets {
    SocketChannel open() throws IOException;
  }

  /** Tries all addresses, of both families where the system has both. */
  public static BindTest of(int port) {
    return of(SocketChannel::open, new InetSocketAddress(port));
  }

  /**
   * Tries one address, which stands for all of its family if it is a wildcard. Any thread may do so
   * at any time.
   *
   * @param address where to bind; an IPv6 address may have a scope
   */
  public static BindTest of(InetSocketAddress address) {
    StandardProtocolFamily family =
        address.getAddress() instanceof Inet4Address
            ? StandardProtocolFamily.INET
            : StandardProtocolFamily.INET6;
    return of(() -> SocketChannel.open(family), address);
  }

  private static BindTest of(Sockets sockets, InetSocketAddress address) {
    Optional<String> refusal = refusal(sockets, address, true);
    return new BindTest(
        refusal,
        refusal(sockets, address, false),
        refusal
            .filter(message -> !message.equals(SystemErrors.portInUse()))
            .filter(message -> !message.equals(SystemErrors.addressNotAvailable()))
            .isPresent());
  }

  /** Whether the refusal is that no interface has the address (EADDRNOTAVAIL). */
  public boolean isElsewhere() {
    return refusal.isPresent() && refusal.get().equals(SystemErrors.addressNotAvailable());
  }

  private static Optional<String> refusal(
      Sockets sockets, InetSocketAddress address, boolean reuse) {
    try (SocketChannel socket = sockets.open()) {
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, reuse);
      socket.bind(address);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(SystemErrors.text(e));
    }
  }
}
