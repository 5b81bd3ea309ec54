// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.platform;

/** What is a TCP port. */
public final class PortNumber {

  /** The highest one, of 16 bits. */
  public static final int HIGHEST = 65_535;

  private PortNumber() {}

  public static boolean isValid(long port) {
    return port >= 1 && port <= HIGHEST;
  }

  /**
   * Returns the port.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static int checked(int port) {
    if (!isValid(port)) {
      throw new IllegalArgumentException("port " + port + " is not in 1.." + HIGHEST);
    }
    return port;
  }
}
