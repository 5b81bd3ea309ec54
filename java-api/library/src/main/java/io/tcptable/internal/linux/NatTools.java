// SPDX-License-Identifier: Apache-2.0
package io.tcptable.internal.linux;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

/** Asks the tools of the kernel's packet filter, which only root may use; milliseconds each. */
final class NatTools {

  private NatTools() {}

  /** Where a rule sends connections to a local port; empty if no rule does, or none can be read. */
  static Optional<InetSocketAddress> target(int port) {
    return TrustedTool.output("iptables-save", "-t", "nat")
        .map(IptablesRules::parse)
        .flatMap(rules -> rules.target(port, NatTools::isLocal))
        .or(
            () ->
                TrustedTool.output("nft", "--json", "list", "ruleset")
                    .map(NftRules::parse)
                    .flatMap(rules -> rules.target(port, NatTools::isLocal)));
  }

  private static boolean isLocal(InetAddress address) {
    try {
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }
}
