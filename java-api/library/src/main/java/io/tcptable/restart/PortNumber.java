// SPDX-License-Identifier: Apache-2.0
package io.tcptable.restart;

/** What is a TCP port. */
final class PortNumber {

  private static final int HIGHEST = 65_535;

  private PortNumber() {}

  /** Returns the port, or throws an {@link IllegalArgumentException} if it is none. */
  static int checked(int port) {
    if (port < 1 || port > HIGHEST) {
      throw new IllegalArgumentException("port " + port + " is not in 1.." + HIGHEST);
    }
    return port;
  }
}
