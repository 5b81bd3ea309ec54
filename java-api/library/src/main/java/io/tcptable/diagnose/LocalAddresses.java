// SPDX-License-Identifier: Apache-2.0
package io.tcptable.diagnose;

import io.tcptable.ListenAddress;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which addresses of listeners a client of this machine can use. */
final class LocalAddresses {

  private LocalAddresses() {}

  /** Whether a client that asks {@code localhost} reaches one of them. */
  static boolean areAtLocalhost(Collection<ListenAddress> listeners) {
    return listeners.stream().anyMatch(LocalAddresses::isAtLocalhost);
  }

  private static boolean isAtLocalhost(ListenAddress listener) {
    return Stream.of("127.0.0.1:", "[::1]:")
        .map(address -> ListenAddress.parse(address + listener.port()).endpoint())
        .anyMatch(listener::takesFromHere);
  }

  /** Those to which listeners are bound and that no network interface has any more. */
  static Set<InetAddress> gone(Collection<ListenAddress> listeners) {
    return listeners.stream()
        .filter(it -> !it.endpoint().isWildcard())
        .map(it -> it.endpoint().address())
        .filter(address -> !isHere(address))
        .collect(Collectors.toSet());
  }

  /** A whole block of loopback addresses is here; what cannot be asked counts as here. */
  private static boolean isHere(InetAddress address) {
    try {
      return address.isLoopbackAddress()
          || address.isLinkLocalAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return true;
    }
  }
}
