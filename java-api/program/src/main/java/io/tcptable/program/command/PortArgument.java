// SPDX-License-Identifier: Apache-2.0
package io.tcptable.program.command;

import io.tcptable.ListenAddress;
import java.util.Optional;

/**
 * What a command is about: a port, or one address of it.
 *
 * @param port the port
 * @param address the address; empty if all of the port is meant
 */
public record PortArgument(int port, Optional<ListenAddress> address) {

  /** As it stands on a command line: {@code 3001}, {@code 127.0.0.53:53}. */
  @Override
  public String toString() {
    return text(port, address);
  }

  /** A port or an address as it stands on a command line. */
  static String text(int port, Optional<ListenAddress> address) {
    return address.map(ListenAddress::toString).orElse("" + port);
  }
}
