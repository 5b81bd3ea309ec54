// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import io.tcptable.internal.platform.PortNumber;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a listener is bound: its address and port and, if it takes connections of one network
 * interface only, that interface ({@code SO_BINDTODEVICE} of {@code socket(7)}). Says which
 * listeners keep one another from the port, and which connections a listener takes.
 *
 * @param endpoint address and port
 * @param networkInterface the name of the interface it is bound to; its index if it has no name
 *     here; empty if it is bound to none
 * @param isV6Only whether a listener on {@code ::} takes no IPv4 connections ({@code IPV6_V6ONLY}
 *     of {@code ipv6(7)})
 */
public record ListenAddress(
    Endpoint endpoint, Optional<String> networkInterface, boolean isV6Only) {

  /** Compiled when the first text is read. */
  private static final class Syntax {

    /**
     * {@code [::1%lo]:53}, {@code [::1]%lo:53} or {@code 127.0.0.1%lo:53}; what follows % may miss.
     */
    static final Pattern TEXT =
        Pattern.compile(
            "(?:\\[([^\\]%]*)(?:%([^\\]]+))?\\]|([^\\[\\]:%]*))(?:%([^\\]:]+))?:([0-9]+)");

    static final Pattern IPV4 =
        Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\\.(?!$)|$)){4}");
  }

  /** None of them is null. */
  public ListenAddress {
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(networkInterface, "networkInterface");
  }

  /**
   * An address on all interfaces. One of IPv6 stands for IPv6 alone.
   *
   * @throws IllegalArgumentException if the port is not in 1 to 65535
   */
  public static ListenAddress of(InetAddress address, int port) {
    Objects.requireNonNull(address, "address");
    Endpoint endpoint = Endpoint.of(address, PortNumber.checked(port));
    return new ListenAddress(endpoint, Optional.empty(), isV6(endpoint));
  }

  /** Where a socket is bound; its interface is named as this system names it now. */
  public static ListenAddress of(TcpSocket socket) {
    Objects.requireNonNull(socket, "socket");
    return new ListenAddress(socket.local(), socket.interfaceName(), socket.isV6Only());
  }

  /**
   * Reads {@code 127.0.0.53:53}, {@code [::1]:3001}, {@code 0.0.0.0%eth0:53}, {@code
   * [fe80::1%eth0]:53}. An address of IPv6 stands for IPv6 alone. Names of hosts are not looked up.
   *
   * @throws IllegalArgumentException if it is none of these, or there is no such interface; the
   *     message says which
   */
  @SuppressWarnings("OrphanedFormatString") // %eth0 is an interface
  public static ListenAddress parse(String text) {
    Objects.requireNonNull(text, "text");
    Matcher parts = Syntax.TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "not an address and a port, such as 127.0.0.1:3001, [::1]:3001 or 0.0.0.0%eth0:3001");
    }
    String address = parts.group(1) == null ? parts.group(3) : parts.group(1);
    String device = parts.group(2) == null ? parts.group(4) : parts.group(2);
    int port = parts.group(5).length() > 5 ? 0 : Integer.parseInt(parts.group(5));
    if (!PortNumber.isValid(port)) {
      throw new IllegalArgumentException(
          "port " + parts.group(5) + " is not in 1.." + PortNumber.HIGHEST);
    }
    Endpoint endpoint = Endpoint.of(address(address, parts.group(1) != null), port);
    return new ListenAddress(
        endpoint, Optional.ofNullable(device).map(ListenAddress::checked), isV6(endpoint));
  }

  private static InetAddress address(String text, boolean isV6) {
    // What contains a colon or is four numbers is never looked up.
    if (isV6 ? text.indexOf(':') >= 0 : Syntax.IPV4.matcher(text).matches()) {
      try {
        return InetAddress.getByName(text);
      } catch (UnknownHostException e) {
        // Said below.
      }
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is not an "
            + (isV6 ? "IPv6" : "IPv4")
            + " address; use numbers, and brackets for IPv6: 127.0.0.1:3001, [::1]:3001");
  }

  private static String checked(String name) {
    try {
      if (NetworkInterface.getByName(name) != null) {
        return name;
      }
      if (name.matches("[0-9]{1,9}")) {
        NetworkInterface numbered = NetworkInterface.getByIndex(Integer.parseInt(name));
        if (numbered != null) {
          return numbered.getName();
        }
      }
    } catch (SocketException e) {
      // Then it is not known either.
    }
    throw new IllegalArgumentException("there is no network interface '" + name + "'");
  }

  /** The port, 1 to 65535. */
  public int port() {
    return endpoint.port();
  }

  /**
   * Whether a listener here keeps another one from listening there, unless both set {@code
   * SO_REUSEPORT}: they have the port, an address and an interface in common.
   */
  public boolean conflictsWith(ListenAddress other) {
    Objects.requireNonNull(other, "other");
    boolean oneInterface =
        networkInterface.isEmpty()
            || other.networkInterface.isEmpty()
            || networkInterface.equals(other.networkInterface);
    return port() == other.port()
        && oneInterface
        && (covers(other.endpoint) || other.covers(endpoint));
  }

  /**
   * Whether a listener here takes connections to there.
   *
   * @param asked the local address of a connection, which inherits the interface of its listener
   */
  public boolean takes(ListenAddress asked) {
    Objects.requireNonNull(asked, "asked");
    return port() == asked.port()
        && (networkInterface.isEmpty() || networkInterface.equals(asked.networkInterface))
        && covers(asked.endpoint);
  }

  /**
   * Whether a connection that this machine makes to there reaches a listener here. What is bound to
   * an interface takes connections to the addresses of that interface alone.
   */
  public boolean takesFromHere(Endpoint asked) {
    Objects.requireNonNull(asked, "asked");
    return port() == asked.port()
        && covers(asked)
        && networkInterface.stream()
            .allMatch(name -> InterfaceAddresses.of(name).contains(asked.address()));
  }

  /**
   * The address by which a client on this machine reaches a listener here: that of the loopback
   * interface for a wildcard, or one of the interface that it is bound to; empty if that has none.
   */
  public Optional<InetAddress> askedAt() {
    InetAddress address = endpoint.address();
    if (networkInterface.isPresent()) {
      List<InetAddress> there = InterfaceAddresses.of(networkInterface.get());
      return there.stream()
          .filter(it -> !endpoint.isWildcard() || covers(Endpoint.of(it, port())))
          .filter(it -> endpoint.isWildcard() || it.equals(address))
          .findFirst();
    }
    if (!endpoint.isWildcard()) {
      return Optional.of(address);
    }
    return Optional.of(
        isV6(endpoint) ? InterfaceAddresses.LOOPBACK_V6 : InterfaceAddresses.LOOPBACK_V4);
  }

  /** Whether each connection to there could be one to here. */
  private boolean covers(Endpoint other) {
    if (isV6(endpoint) != isV6(other)) {
      return isV6(endpoint) && endpoint.isWildcard() && !isV6Only;
    }
    return endpoint.isWildcard() || endpoint.address().equals(other.address());
  }

  /** Whether it is one of IPv6; an IPv4-mapped address, as Java's listeners have, is not. */
  public boolean isV6() {
    return isV6(endpoint);
  }

  private static boolean isV6(Endpoint endpoint) {
    return endpoint.address() instanceof Inet6Address;
  }

  /** As {@code ss} writes it: {@code 127.0.0.1:3001}, {@code 0.0.0.0%eth0:53}. */
  @Override
  public String toString() {
    if (networkInterface.isEmpty()) {
      return endpoint.toString();
    }
    String plain = endpoint.toString();
    int port = plain.lastIndexOf(':');
    return plain.substring(0, port) + "%" + networkInterface.get() + plain.substring(port);
  }
}
