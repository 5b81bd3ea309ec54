// SPDX-License-Identifier: Apache-2.0
package io.tcptable;

import io.tcptable.internal.platform.PortNumber;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;

/**
 * One end of a connection, as the kernel holds it: an IPv4-mapped address of an IPv6 socket stays
 * one.
 */
public final class Endpoint {

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

  /** Address and port: {@code 127.0.0.1:3001}, {@code [::1]:3001}. */
  @Override
  public String toString() {
    return address.length == 4 ? host() + ":" + port : "[" + host() + "]:" + port;
  }
}
