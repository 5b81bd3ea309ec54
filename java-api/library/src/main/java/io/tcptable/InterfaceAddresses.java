// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The network interfaces of this machine, by name and number, asked now. */
final class InterfaceAddresses {

  static final InetAddress LOOPBACK_V4 = literal("127.0.0.1");
  static final InetAddress LOOPBACK_V6 = literal("::1");

  private InterfaceAddresses() {}

  /** The addresses of an interface, IPv4 first; none if there is no such interface. */
  static List<InetAddress> of(String name) {
    try {
      return Optional.ofNullable(NetworkInterface.getByName(name)).stream()
          .flatMap(NetworkInterface::inetAddresses)
          .sorted(Comparator.comparingInt(address -> address.getAddress().length))
          .toList();
    } catch (SocketException e) {
      return List.of();
    }
  }

  /** The name of an interface; its number if it has none here. */
  static String name(int index) {
    try {
      return Optional.ofNullable(NetworkInterface.getByIndex(index))
          .map(NetworkInterface::getName)
          .orElse("" + index);
    } catch (SocketException e) {
      return "" + index;
    }
  }

  private static InetAddress literal(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new AssertionError("a literal", e);
    }
  }
}
