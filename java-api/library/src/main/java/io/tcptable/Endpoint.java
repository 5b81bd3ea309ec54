// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tcptable.internal.json.JsonDocument;
import io.tcptable.internal.platform.PortNumber;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;

/**
 * One end of a connection, as the kernel holds it: an IPv4-mapped address of an IPv6 socket stays
 * one, and is not equal to that of IPv4. {@link #unmapped()} makes them equal. Immutable and safe
 * for use by many threads.
 */
public final class Endpoint implements Comparable<Endpoint> {

  private static final int V4 = 4;

  /** Where the address of IPv4 begins in a mapped one. */
  private static final int MAPPED = 12;

  private final byte[] address;
  private final int port;

  Endpoint(byte[] address, int port) {
    this.address = address;
    this.port = port;
  }

  /**
   * An address and a port.
   *
   * @param port 0 to 65535
   * @throws IllegalArgumentException if it is out of range
   */
  public static Endpoint of(InetAddress address, int port) {
    Objects.requireNonNull(address, "address");
    if (port != 0 && !PortNumber.isValid(port)) {
      throw new IllegalArgumentException("port " + port + " is not in 0.." + PortNumber.HIGHEST);
    }
    return new Endpoint(address.getAddress(), port);
  }

  /** The port, 0 to 65535; 0 stands for none, as for the remote port of a listener. */
  public int port() {
    return port;
  }

  /**
   * The address in numbers, IPv6 as in <a href="https://www.rfc-editor.org/rfc/rfc5952">RFC
   * 5952</a>: {@code 127.0.0.1}, {@code ::1}, {@code ::ffff:127.0.0.1}. Never looked up.
   */
  public String host() {
    return AddressText.of(address);
  }

  /** Whether this is the address that stands for all or none: {@code 0.0.0.0} or {@code ::}. */
  public boolean isWildcard() {
    for (byte b : address) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The address for use with {@code java.net}, which turns an IPv4-mapped address into an IPv4 one.
   */
  public InetAddress address() {
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 and 16 bytes are legal", e);
    }
  }

  /** For a connection of {@code java.net} to there; nothing is looked up. */
  public InetSocketAddress toSocketAddress() {
    return new InetSocketAddress(address(), port);
  }

  /**
   * The same as an end of IPv4, if it is an IPv4-mapped address of IPv6 ({@code ::ffff:127.0.0.1},
   * RFC 4291 section 2.5.5.2), as Java's sockets have; else itself. So the two ends of a connection
   * are found equal, whichever family each of them has.
   */
  public Endpoint unmapped() {
    return isMapped()
        ? new Endpoint(Arrays.copyOfRange(address, MAPPED, address.length), port)
        : this;
  }

  boolean isV6() {
    return address.length > V4;
  }

  private boolean isMapped() {
    return address.length > V4 && AddressText.isMapped(address);
  }

  /**
   * By the address as a number, then by port: IPv4 before IPv6, and an IPv4-mapped address right
   * behind the IPv4 address that it means. Consistent with {@link #equals}.
   */
  @Override
  public int compareTo(Endpoint other) {
    Objects.requireNonNull(other, "other");
    Endpoint mine = unmapped();
    Endpoint others = other.unmapped();
    int order = Integer.compare(mine.address.length, others.address.length);
    if (order == 0) {
      order = Arrays.compareUnsigned(mine.address, others.address);
    }
    if (order == 0) {
      order = Integer.compare(port, other.port);
    }
    return order != 0 ? order : Integer.compare(address.length, other.address.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Endpoint that
        && port == that.port
        && Arrays.equals(address, that.address);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(address) + port;
  }

  /** {@code {"address":"127.0.0.1","port":3001}}, as in the JSON of sockets. */
  @JsonValue
  @JsonRawValue
  public String toJson() {
    return JsonDocument.text(this, SocketJson::write);
  }

  /** Address and port: {@code 127.0.0.1:3001}, {@code [::1]:3001}. */
  @Override
  public String toString() {
    return address.length == 4 ? host() + ":" + port : "[" + host() + "]:" + port;
  }
}
